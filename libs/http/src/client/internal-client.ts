import { onceMode, type Route as RouteDefinition, type ServiceName } from '@selfos/contracts';
import { currentContext, traceparentOf, type Tracer } from '@selfos/observability';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import { FINGERPRINT_HEADER } from '../idempotency/request-once.js';
import { DeadlineExceeded } from '../problems/http.errors.js';
import { inThisContext } from '../streaming/in-this-context.js';
import { readFrames } from '../streaming/sse-reader.js';
import type { SseFrame } from '../streaming/server-sent-events.js';
import type { ServiceTokens } from '../tokens/service-tokens.js';
import { DEADLINE_HEADER, USER_TOKEN_HEADER } from '../tokens/token-kinds.js';
import { pathOfCall, queryOfCall, type AnyArgs, type ArgsOf, type ResultOf } from './call-args.js';
import { CallEnds, type CallTies } from './call-ends.js';
import { RemoteProblem } from './remote-problem.js';
import { Resilience } from './resilience.js';
import { ServiceDirectory } from './service-directory.js';

const DEFAULT_DEADLINE_MS = 30_000;
const EVENTS = 'text/event-stream';
/** Idle connections end here before they end there: a request must not meet a closing one. */
const POOL = { headersTimeout: 0, bodyTimeout: 0, keepAliveMaxTimeout: 4_000, connect: { timeout: 3_000 } } as const;
const CONNECTIONS_PER_SERVICE = 64;
const STREAMS_PER_SERVICE = 1_024;
/** What is still under way when the service has stopped is waited for by nobody. */
const CLOSE_MS = 500;

export interface InternalClientParts {
  readonly tokens: ServiceTokens;
  readonly directory: ServiceDirectory;
  readonly tracer: Tracer;
  /** The services the manifest says it calls. */
  readonly calls: readonly ServiceName[];
  /** Limits of what is called; shared with whoever else in this service calls. */
  readonly resilience?: Resilience;
}

/** An answer under way, and what its reading fails with when it breaks off. */
interface Sent {
  readonly answer: Dispatcher.ResponseData;
  readonly brokenOff: (cause: unknown) => Error;
}

/** Raw bytes of another service, e.g. a range of a sealed file. */
export interface BytesAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/**
 * Calls other services by their route definitions. Each call carries our token for exactly it, the person's transaction token, the
 * trace and the time that is left; calls that may be repeated are retried, and a service that keeps failing is left alone for a
 * while. A refusal arrives as a RemoteProblem, an outage as DependencyUnavailable, lateness as DeadlineExceeded.
 */
export class InternalClient {
  private readonly agent = new Agent({ connections: CONNECTIONS_PER_SERVICE, ...POOL });
  /** Streams stay open for minutes: on connections of their own they keep nobody else waiting. */
  private readonly streams = new Agent({ connections: STREAMS_PER_SERVICE, ...POOL });
  private readonly resilience: Resilience;
  private readonly underWay = new Set<CallEnds>();

  constructor(private readonly parts: InternalClientParts) {
    this.resilience = parts.resilience ?? new Resilience();
  }

  /** One call, one checked answer in its inner shape. */
  async call<R extends RouteDefinition>(route: R, args: ArgsOf<R>): Promise<ResultOf<R>> {
    const any: AnyArgs = args;
    return this.traced(route, () =>
      this.resilience.run(route.service, isRepeatable(route, any), async () => {
        const { answer, brokenOff } = await this.send(route, any, 'application/json');
        if (route.response === undefined) {
          await answer.body.dump();
          return undefined as ResultOf<R>;
        }
        const body = await answer.body.json().catch((cause: unknown) => {
          throw brokenOff(cause);
        });
        return checked(route, body) as ResultOf<R>;
      }),
    );
  }

  /** The frames of an answer that streams. Ends with the stream; leaving the loop early ends the call. */
  stream<R extends RouteDefinition>(route: R, args: ArgsOf<R>): AsyncGenerator<SseFrame, void, undefined> {
    return inThisContext(this.frames(route, args));
  }

  private async *frames(route: RouteDefinition, args: AnyArgs): AsyncGenerator<SseFrame, void, undefined> {
    const { answer, brokenOff } = await this.traced(route, () => this.resilience.run(route.service, false, () => this.send(route, args, EVENTS)));
    try {
      yield* readFrames(answer.body);
    } catch (cause) {
      throw brokenOff(cause);
    }
  }

  /** Status, headers and bytes of an answer, unread: for routes without a contract, and for whoever passes answers on. */
  async bytes<R extends RouteDefinition>(route: R, args: ArgsOf<R>): Promise<BytesAnswer> {
    const any: AnyArgs = args;
    const { answer } = await this.traced(route, () => this.resilience.run(route.service, isRepeatable(route, any), () => this.send(route, any, any.accept ?? '*/*')));
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  }

  /** Ends connections; calls that are still under way get a moment, then fail. */
  async close(): Promise<void> {
    const timer = setTimeout(() => {
      for (const call of this.underWay) call.close();
    }, CLOSE_MS);
    await Promise.all([this.agent.close(), this.streams.close()]);
    clearTimeout(timer);
    await this.resilience.close();
  }

  private traced<T>(route: RouteDefinition, work: () => Promise<T>): Promise<T> {
    if (!this.parts.calls.includes(route.service)) throw new Error(`the manifest does not say that this service calls ${route.service}`);
    return this.parts.tracer.span(`${route.service}: ${route.method} ${route.path}`, { kind: 'client', attributes: { 'http.route': route.path, peer: route.service } }, work);
  }

  private async send(route: RouteDefinition, args: AnyArgs, accept: string): Promise<Sent> {
    const path = pathOfCall(route, args.params);
    const origin = this.parts.directory.originOf(route.service);
    const left = Math.min(timeLeft(), this.resilience.limitsOf(route.service).timeoutMs);
    const headers = await this.headersOf(route, { path, args, accept, left });
    const body = args.body === undefined ? null : JSON.stringify(args.body);
    const ends = this.endsOf(route.service, { origin, left, caller: args.signal });
    const dispatcher = accept === EVENTS ? this.streams : this.agent;
    try {
      const answer = await request(`${origin}${path}${queryOfCall(args.query)}`, { dispatcher, method: route.method, headers, body, signal: ends.signal });
      answer.body.once('close', () => this.release(ends));
      if (answer.statusCode >= 400) throw RemoteProblem.of(answer.statusCode, await answer.body.json().catch(() => undefined), answer.headers['retry-after']);
      return { answer, brokenOff: (cause) => ends.failure(route.service, `${route.service} broke off its answer.`, cause) };
    } catch (cause) {
      this.release(ends);
      throw cause instanceof RemoteProblem ? cause : ends.failure(route.service, `${route.service} cannot be reached.`, cause);
    }
  }

  private endsOf(service: ServiceName, { origin, ...ties }: Omit<CallTies, 'watch'> & { readonly origin: string }): CallEnds {
    const ends = new CallEnds({ ...ties, watch: (lost) => this.resilience.watch({ service, origin, lost }) });
    this.underWay.add(ends);
    return ends;
  }

  private release(call: CallEnds): void {
    call.release();
    this.underWay.delete(call);
  }

  private async headersOf(route: RouteDefinition, call: { path: string; args: AnyArgs; accept: string; left: number }): Promise<Record<string, string>> {
    const context = currentContext();
    const { args } = call;
    return {
      authorization: `Bearer ${await this.parts.tokens.forCall({ to: route.service, method: route.method, path: call.path, context })}`,
      accept: call.accept,
      [DEADLINE_HEADER]: String(call.left),
      ...(context === undefined ? {} : { traceparent: traceparentOf(context) }),
      ...(context?.userToken === undefined ? {} : { [USER_TOKEN_HEADER]: context.userToken }),
      ...(args.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(args.idempotencyKey === undefined ? {} : { 'idempotency-key': args.idempotencyKey }),
      ...(args.ifMatch === undefined ? {} : { 'if-match': args.ifMatch === '*' ? '*' : `"${args.ifMatch}"` }),
      ...(args.fingerprint === undefined ? {} : { [FINGERPRINT_HEADER]: args.fingerprint }),
      ...(args.range === undefined ? {} : { range: args.range }),
    };
  }
}

function isRepeatable(route: RouteDefinition, args: AnyArgs): boolean {
  return route.method === 'GET' || args.idempotent === true || (onceMode(route) !== undefined && args.idempotencyKey !== undefined);
}

/** What the caller of our own caller still waits, less a little for the way back. */
function timeLeft(): number {
  const deadline = currentContext()?.deadline;
  const left = deadline === undefined ? DEFAULT_DEADLINE_MS : deadline - Date.now() - 5;
  if (left <= 0) throw new DeadlineExceeded();
  return left;
}

function checked(route: RouteDefinition, body: unknown): unknown {
  const parsed = route.response?.inner.safeParse(body);
  if (parsed?.success === true) return parsed.data;
  const places = parsed?.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`the answer to ${route.name} does not fit its contract at ${places}`);
}
