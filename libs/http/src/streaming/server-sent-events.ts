import type { FastifyReply } from 'fastify';
import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { toProblem } from '../problems/problem.js';

/** One event of a stream; `data` is sent as JSON. */
export interface SseFrame {
  readonly event: string;
  readonly data: unknown;
  readonly id?: string;
}

const HEARTBEAT_MS = 15_000;
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

/** How long a client waits before it connects again, where the server that told it to is being replaced. */
const RECONNECT_MS = 1_000;
/** The last frame of a stream whose service stops: the same request, with the same Idempotency-Key, gets the rest elsewhere. */
export const RECONNECT_FRAME = `retry: ${RECONNECT_MS}\nevent: reconnect\ndata: {"retry_ms":${RECONNECT_MS}}\n\n`;

type Inside = <T>(work: () => T) => T;

/**
 * An answer as server-sent events (WHATWG HTML §9.2): frames leave as they come, a failure becomes the last frame `error`. The
 * frames are made in the call context in which this object was made.
 */
export class ServerSentEvents {
  private readonly inside: Inside = AsyncLocalStorage.snapshot();

  constructor(
    private readonly frames: AsyncIterable<SseFrame>,
    private readonly closed: () => void = () => undefined,
  ) {}

  /** The same stream, with `cleanup` after its end, however it ends: also when nobody ever read from it. */
  followedBy(cleanup: () => Promise<void>): ServerSentEvents {
    const end = { begun: false, cleanup };
    // A generator that was never begun does not run its `finally`.
    const unread = (): void => {
      if (!end.begun) void cleanup().catch(() => undefined);
    };
    return this.inside(() => new ServerSentEvents(withCleanup(this.frames, end), unread));
  }

  /**
   * The frames as bytes; sets the reply's headers. The source is closed when the client goes away. `failed` is told what made the
   * stream break off: the client only gets a problem, and the status was sent long ago.
   */
  toStream(reply: FastifyReply, failed: (error: unknown) => void = () => undefined): Readable {
    void reply.headers(HEADERS);
    reply.raw.socket?.setNoDelay(true);
    const traceId = reply.request.selfos?.context.traceId;
    const end = reply.request.selfos?.streamsEnd;
    const live = withHeartbeat(texts(this.frames, { traceId, failed }), { inside: this.inside, farewell: new Farewell(end) });
    return Readable.from(live, { objectMode: true, highWaterMark: 16 }).once('close', () => this.inside(this.closed));
  }
}

/** One frame as it stands on the wire. */
export function frameText(frame: SseFrame): string {
  const id = frame.id === undefined ? '' : `id: ${frame.id}\n`;
  return `event: ${frame.event}\n${id}data: ${JSON.stringify(frame.data)}\n\n`;
}

interface Ending {
  readonly traceId: string | undefined;
  readonly failed: (error: unknown) => void;
}

async function* texts(frames: AsyncIterable<SseFrame>, { traceId, failed }: Ending): AsyncGenerator<string, void, undefined> {
  yield ':\n\n';
  try {
    for await (const frame of frames) yield frameText(frame);
  } catch (error) {
    failed(error);
    yield frameText({ event: 'error', data: toProblem(error, traceId === undefined ? {} : { traceId }) });
  }
}

async function* withCleanup(frames: AsyncIterable<SseFrame>, end: { begun: boolean; readonly cleanup: () => Promise<void> }): AsyncGenerator<SseFrame, void, undefined> {
  end.begun = true;
  try {
    yield* frames;
  } finally {
    await end.cleanup();
  }
}

/** Sends a comment every now and then, so that proxies keep a quiet connection, and ends with `reconnect` when the service stops. */
async function* withHeartbeat(source: AsyncGenerator<string, void, undefined>, { inside, farewell }: { inside: Inside; farewell: Farewell }): AsyncGenerator<string, void, undefined> {
  const heart = new Heartbeat();
  let pending = inside(() => source.next());
  try {
    for (;;) {
      const result = await Promise.race([pending, heart.beat, farewell.said]);
      if (farewell.isSaid) return yield RECONNECT_FRAME;
      if (result !== 'beat' && result?.done === true) return;
      yield result === 'beat' ? ':\n\n' : (result?.value ?? '');
      if (result === 'beat') heart.restart();
      else pending = inside(() => source.next());
    }
  } finally {
    heart.stop();
    farewell.forget();
    void pending.catch(() => undefined).then(() => inside(() => source.return()));
  }
}

/** Settles when the service that streams is about to stop. */
class Farewell {
  readonly said: Promise<undefined>;
  private listener: () => void = () => undefined;

  constructor(private readonly end: AbortSignal | undefined) {
    this.said = new Promise((resolve) => {
      this.listener = () => resolve(undefined);
    });
    if (end?.aborted === true) this.listener();
    else end?.addEventListener('abort', this.listener);
  }

  get isSaid(): boolean {
    return this.end?.aborted === true;
  }

  forget(): void {
    this.end?.removeEventListener('abort', this.listener);
  }
}

class Heartbeat {
  private timer: NodeJS.Timeout | undefined;
  beat: Promise<'beat'> = this.next();

  restart(): void {
    this.beat = this.next();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private next(): Promise<'beat'> {
    return new Promise((resolve) => {
      this.timer = setTimeout(() => resolve('beat'), HEARTBEAT_MS);
    });
  }
}
