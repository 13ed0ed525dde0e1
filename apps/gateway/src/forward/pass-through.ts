import { onceMode, type Route } from '@selfos/contracts';
import { DEADLINE_HEADER, DeadlineExceeded, USER_TOKEN_HEADER, pathOf, type CoreParts } from '@selfos/http';
import { currentContext, traceparentOf } from '@selfos/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Agent, type Dispatcher } from 'undici';
import type { Passage } from './handling.js';
import { wantsLive } from './live-answers.js';
import { Relay } from './relay.js';

const FORWARDED: readonly string[] = ['accept', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'last-event-id', 'range', 'user-agent'];
const CONNECTIONS = 128;
const STREAMS = 1_024;
/** Idle connections end here before they end there: a request must not meet a closing one. */
const POOL = { headersTimeout: 0, bodyTimeout: 0, keepAliveMaxTimeout: 4_000, connect: { timeout: 3_000 } } as const;

/**
 * Carries requests to their service and answers back as bytes, unparsed; answers go on as they come. Keeps to the limits of each
 * service, and repeats what may be repeated.
 */
export class PassThrough {
  private readonly agent = new Agent({ connections: CONNECTIONS, ...POOL });
  /** Live answers stay open for minutes: on connections of their own they keep nobody else waiting. */
  private readonly streams = new Agent({ connections: STREAMS, ...POOL });

  constructor(private readonly parts: Pick<CoreParts, 'tokens' | 'directory' | 'resilience'>) {}

  /** Resolves when the answer is complete. */
  async carry(passage: Passage): Promise<FastifyReply> {
    const { request, reply, route } = passage;
    const repeatable = (): boolean => !reply.raw.headersSent && isRepeatable(request, route);
    const { completed } = await this.parts.resilience.run(route.service, repeatable, () => this.attempt(passage));
    await completed;
    return reply;
  }

  async close(): Promise<void> {
    await Promise.all([this.agent.close(), this.streams.close()]);
  }

  /** Resolves when the answer begins: from then on it takes nobody's place among those who wait. */
  private async attempt({ request, reply, route }: Passage): Promise<{ readonly completed: Promise<void> }> {
    const { service } = route;
    const { body } = request;
    const origin = this.parts.directory.originOf(service);
    const left = timeLeft(this.parts.resilience.limitsOf(service).timeoutMs);
    const options: Dispatcher.DispatchOptions = {
      origin,
      path: request.url,
      method: request.method,
      headers: await this.headersOf(request, route, left),
      body: body instanceof Uint8Array && body.length > 0 ? body : null,
    };
    const agent = wantsLive(request, route) ? this.streams : this.agent;
    return new Promise((resolve, reject) => {
      const completed = new Promise<void>((end, fail) => {
        const begun = (): void => resolve({ completed });
        const watch = (lost: () => void): (() => void) => this.parts.resilience.watch({ service, origin, lost });
        agent.dispatch(options, new Relay({ reply, begun, resolve: end, reject: fail, service, left, watch, streamsEnd: request.selfos?.streamsEnd }));
      });
      completed.catch(reject);
    });
  }

  private async headersOf(request: FastifyRequest, route: Route, left: number): Promise<Record<string, string>> {
    const context = currentContext();
    const own = FORWARDED.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    return {
      ...Object.fromEntries(own),
      authorization: `Bearer ${await this.parts.tokens.forCall({ to: route.service, method: request.method, path: pathOf(request.url), context: undefined })}`,
      ...(context?.userToken === undefined ? {} : { [USER_TOKEN_HEADER]: context.userToken }),
      ...(context === undefined ? {} : { traceparent: traceparentOf(context), [DEADLINE_HEADER]: String(left) }),
    };
  }
}

/** Reading changes nothing, and a key makes a repetition of anything else safe. */
function isRepeatable({ method, headers }: FastifyRequest, route: Route): boolean {
  return method === 'GET' || method === 'HEAD' || (onceMode(route) !== undefined && headers['idempotency-key'] !== undefined);
}

function timeLeft(atMost: number): number {
  const left = (currentContext()?.deadline ?? Date.now()) - Date.now();
  if (left <= 0) throw new DeadlineExceeded();
  return Math.min(left, atMost);
}
