import { CallerGone, DeadlineExceeded, DependencyUnavailable, NoSignOfLife, RECONNECT_FRAME, RemoteProblem } from '@selfos/http';
import type { FastifyReply } from 'fastify';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

const RETURNED: readonly string[] = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'etag', 'idempotent-replayed', 'location', 'retry-after', 'www-authenticate', 'ratelimit', 'ratelimit-policy'];
/** An answer of these is no answer of the service, or one to repeat: it is read here before anything is promised to the client. */
const OUTAGES: readonly number[] = [502, 503, 504];
const MAX_PROBLEM_BYTES = 64 * 1024;
const FRAME_END = '\n\n';

export interface RelayParts {
  readonly reply: FastifyReply;
  /** Told when the answer begins to go to the client. */
  readonly begun: () => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly service: string;
  /** Milliseconds until the answer has to be complete. */
  readonly left: number;
  /** Tells when the service gives no sign of life; gives back what stops it. */
  readonly watch: (lost: () => void) => () => void;
  /** Aborted when live answers must end. */
  readonly streamsEnd: AbortSignal | undefined;
}

/** Writes an upstream's answer to the client as it arrives, at the client's pace; a client that leaves ends the upstream's work. */
export class Relay implements Dispatcher.DispatchHandler {
  private timer: NodeJS.Timeout | undefined;
  private ended: 'late' | 'lost' | 'gone' | 'farewell' | undefined;
  private outage: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer[] } | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private live = false;
  private betweenFrames = true;

  private readonly unwatch: () => void;

  constructor(private readonly parts: RelayParts) {
    this.unwatch = parts.watch(() => this.end('lost'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // it may have been given up while it waited for a connection
    if (this.ended !== undefined) return void controller.abort(new Error(this.ended));
    this.parts.reply.raw.once('close', this.left);
    this.timer = setTimeout(() => this.end('late'), this.parts.left);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    if (OUTAGES.includes(status)) {
      this.outage = { status, headers, body: [] };
      return;
    }
    const { reply } = this.parts;
    this.live = String(headers['content-type']).startsWith('text/event-stream');
    if (this.live) this.parts.streamsEnd?.addEventListener('abort', this.farewell);
    reply.hijack();
    reply.raw.writeHead(status, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...returned(headers) });
    reply.raw.flushHeaders();
    this.parts.begun();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.outage !== undefined) return this.keep(this.outage.body, chunk);
    const { raw } = this.parts.reply;
    const flows = raw.write(chunk);
    if (this.live) this.betweenFrames = chunk.subarray(-FRAME_END.length).toString('latin1') === FRAME_END;
    if (this.parts.streamsEnd?.aborted === true) this.farewell();
    if (flows) return;
    controller.pause();
    raw.once('drain', () => controller.resume());
  }

  onResponseEnd(): void {
    this.settle();
    if (this.outage !== undefined) return this.parts.reject(problemOf(this.outage));
    this.parts.reply.raw.end();
    this.parts.resolve();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.settle();
    const { reply, service } = this.parts;
    if (this.ended === 'farewell') return this.parts.resolve();
    if (reply.raw.headersSent) reply.raw.destroy();
    this.parts.reject(this.failure(error, service));
  }

  private failure(cause: Error, service: string): Error {
    switch (this.ended) {
      case 'late':
        return new DeadlineExceeded({ detail: `${service} did not answer in time.` });
      case 'lost':
        return new NoSignOfLife({ detail: `${service} is not heard of.` });
      case 'gone':
        return new CallerGone({ cause });
      default:
        return new DependencyUnavailable({ detail: `${service} cannot be reached.`, cause });
    }
  }

  private readonly left = (): void => {
    if (!this.parts.reply.raw.writableFinished) this.end('gone');
  };

  /** Tells the client of a live answer to connect again, as soon as no frame is cut in two by that. */
  private readonly farewell = (): void => {
    if (!this.live || !this.betweenFrames || this.ended !== undefined) return;
    this.parts.reply.raw.end(RECONNECT_FRAME);
    this.end('farewell');
  };

  private end(why: 'late' | 'lost' | 'gone' | 'farewell'): void {
    this.ended ??= why;
    this.controller?.abort(new Error(why));
  }

  private keep(kept: Buffer[], chunk: Buffer): void {
    if (kept.reduce((bytes, one) => bytes + one.length, 0) < MAX_PROBLEM_BYTES) kept.push(chunk);
  }

  private settle(): void {
    this.unwatch();
    clearTimeout(this.timer);
    this.parts.reply.raw.off('close', this.left);
    this.parts.streamsEnd?.removeEventListener('abort', this.farewell);
  }
}

function problemOf({ status, headers, body }: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: readonly Buffer[] }): RemoteProblem {
  return RemoteProblem.of(status, parsed(Buffer.concat(body).toString('utf8')), headers['retry-after']);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function returned(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(RETURNED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}
