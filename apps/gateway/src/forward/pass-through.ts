import type { Route } from '@selfos/contracts';
import { BodyTooLarge, DEADLINE_HEADER, DeadlineExceeded, DependencyUnavailable, MAX_JSON_BYTES, USER_TOKEN_HEADER, pathOf, type ServiceDirectory, type ServiceTokens } from '@selfos/http';
import { currentContext, traceparentOf } from '@selfos/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import type { Passage } from './handling.js';
import { wantsLive } from './live-answers.js';

const FORWARDED: readonly string[] = ['accept', 'content-type', 'content-length', 'idempotency-key', 'if-match', 'if-none-match', 'range', 'user-agent'];
const RETURNED: readonly string[] = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'etag', 'idempotent-replayed', 'location', 'retry-after', 'www-authenticate', 'ratelimit', 'ratelimit-policy'];
const CONNECTIONS = 128;
const STREAMS = 1_024;

/** Carries requests to their service and answers back as bytes, unparsed, in both directions as they come. */
export class PassThrough {
  private readonly agent = new Agent({ connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0 });
  /** Live answers stay open for minutes: on connections of their own they keep nobody else waiting. */
  private readonly streams = new Agent({ connections: STREAMS, headersTimeout: 0, bodyTimeout: 0 });

  constructor(
    private readonly tokens: ServiceTokens,
    private readonly directory: ServiceDirectory,
  ) {}

  /** Resolves when the answer is complete. `body` replaces the request's own bytes where they were read already. */
  async carry({ request, reply, route }: Passage, body?: Uint8Array): Promise<FastifyReply> {
    refuseTooLarge(request);
    const options: Dispatcher.DispatchOptions = {
      origin: this.directory.originOf(route.service),
      path: request.url,
      method: request.method,
      headers: await this.headersOf(request, route),
      body: body ?? (hasBody(request) ? Readable.from(limited(request.raw), { objectMode: false }) : null),
    };
    await new Promise<void>((resolve, reject) => {
      const agent = wantsLive(request, route) ? this.streams : this.agent;
      agent.dispatch(options, new Relay({ reply, resolve, reject, service: route.service }));
    });
    return reply;
  }

  async close(): Promise<void> {
    await Promise.all([this.agent.close(), this.streams.close()]);
  }

  private async headersOf(request: FastifyRequest, route: Route): Promise<Record<string, string>> {
    const context = currentContext();
    const own = FORWARDED.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    return {
      ...Object.fromEntries(own),
      authorization: `Bearer ${await this.tokens.forCall({ to: route.service, method: request.method, path: pathOf(request.url), context: undefined })}`,
      ...(context?.userToken === undefined ? {} : { [USER_TOKEN_HEADER]: context.userToken }),
      ...(context === undefined ? {} : { traceparent: traceparentOf(context), [DEADLINE_HEADER]: String(Math.max(1, (context.deadline ?? Date.now()) - Date.now())) }),
    };
  }
}

interface RelayParts {
  readonly reply: FastifyReply;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly service: string;
}

/** Writes an upstream's answer to the client as it arrives, at the client's pace; a client that leaves ends the upstream's work. */
class Relay implements Dispatcher.DispatchHandler {
  private timer: NodeJS.Timeout | undefined;
  private late = false;

  constructor(private readonly parts: RelayParts) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { raw } = this.parts.reply;
    raw.once('close', () => {
      if (!raw.writableFinished) controller.abort(new Error('the client has gone'));
    });
    const left = Math.max(1, (currentContext()?.deadline ?? Date.now()) - Date.now());
    this.timer = setTimeout(() => {
      this.late = true;
      controller.abort(new Error('deadline'));
    }, left);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    const { reply } = this.parts;
    reply.hijack();
    reply.raw.writeHead(status, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...returned(headers) });
    reply.raw.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { raw } = this.parts.reply;
    if (raw.write(chunk)) return;
    controller.pause();
    raw.once('drain', () => controller.resume());
  }

  onResponseEnd(): void {
    clearTimeout(this.timer);
    this.parts.reply.raw.end();
    this.parts.resolve();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.timer);
    const { reply, service } = this.parts;
    if (reply.raw.headersSent) reply.raw.destroy();
    if (this.late) this.parts.reject(new DeadlineExceeded({ detail: `${service} did not answer in time.` }));
    else this.parts.reject(error instanceof BodyTooLarge ? error : new DependencyUnavailable({ detail: `${service} cannot be reached.`, cause: error }));
  }
}

function returned(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(RETURNED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

function hasBody(request: FastifyRequest): boolean {
  return request.headers['content-length'] !== undefined ? request.headers['content-length'] !== '0' : request.headers['transfer-encoding'] !== undefined;
}

function refuseTooLarge(request: FastifyRequest): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_JSON_BYTES) throw new BodyTooLarge();
}

/** A body whose length nobody announced is counted as it passes. */
async function* limited(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_JSON_BYTES) throw new BodyTooLarge();
    yield chunk;
  }
}
