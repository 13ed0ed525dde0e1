import { Agent, createServer, request, type IncomingMessage, type RequestOptions, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answersReady } from './replica.ts';

/** One request on its way through. */
export interface Onward {
  readonly method: string;
  /** Its `Idempotency-Key`. */
  readonly key: string | undefined;
  /** Of the upstream that it goes to. */
  readonly port: number;
}

/** Watches what passes, and may keep an answer from getting home. */
export interface Watcher {
  forwarded?(onward: Onward): void;
  /** The upstream begins to answer that something is done. True: the answer has to be lost. */
  loses?(onward: Onward): boolean;
  /** Called with a lost answer when it has come whole, or broke off. */
  lost?(onward: Onward, body: Buffer): Promise<void>;
  /** Headers that an answer gets on its way. */
  marks?(onward: Onward): Readonly<Record<string, string>>;
}

/** How often upstreams are asked whether they are ready: as often as a balancer that is set to be quick. */
export const ASK_MS = 600;
/** How long an upstream that goes has to say so, until that was seen. */
export const NOTICE_MS = 1_500;
/** Upstreams close idle connections later than that. */
const IDLE_MS = 2_000;
const BAD_REQUEST = 400;
const NOT_SENT = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

/**
 * A proxy that gives each request to the next of those of its upstreams that are ready and have the least to do: what one replica keeps
 * to itself, the next does not know, and one that has just started and is slow gets less.
 * A request that found a closed door, or an idle connection that was just being closed, goes to the next one, if it may be repeated.
 */
export class Balancer {
  private next = 0;
  private readonly server: Server;
  private readonly upstreams: readonly number[];
  private readonly watcher: Watcher;
  private readonly agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  private readonly unready = new Set<number>();
  /** Requests under way, by port. */
  private readonly busy = new Map<number, number>();
  private asking: NodeJS.Timeout | undefined;

  constructor(upstreams: readonly number[], watcher: Watcher = {}) {
    this.upstreams = upstreams;
    this.watcher = watcher;
    this.server = createServer((incoming, outgoing) => void this.forward(incoming, outgoing));
    this.server.keepAliveTimeout = 60_000;
  }

  /** Listens on a free port of 127.0.0.1, or on the given one. */
  listen(port = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        const address = this.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  /** From now on only upstreams that say that they are ready get requests; all of them while none does. */
  watchReadiness(): void {
    this.asking = setInterval(() => void Promise.all(this.upstreams.map((port) => this.ask(port))), ASK_MS);
  }

  close(): Promise<void> {
    clearInterval(this.asking);
    this.agent.destroy();
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  /** Silence is no answer: a machine that is busy is late, a service that leaves says so. */
  private async ask(port: number): Promise<void> {
    const ready = await answersReady(port);
    if (ready === true) this.unready.delete(port);
    if (ready === false) this.unready.add(port);
  }

  private nextPort(tried: readonly number[]): number {
    const left = this.upstreams.filter((port) => !tried.includes(port));
    const ready = left.filter((port) => !this.unready.has(port));
    const among = ready.length === 0 ? left : ready;
    const least = Math.min(...among.map((port) => this.busy.get(port) ?? 0));
    const idlest = among.filter((port) => (this.busy.get(port) ?? 0) === least);
    return idlest[this.next++ % idlest.length] ?? 0;
  }

  private counts(port: number, more: 1 | -1): void {
    this.busy.set(port, (this.busy.get(port) ?? 0) + more);
  }

  private async forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return void outgoing.destroy();
    this.send({ incoming, outgoing, body }, []);
  }

  private send(passage: Passage, tried: readonly number[]): void {
    const { incoming, outgoing, body } = passage;
    const header = incoming.headers['idempotency-key'];
    const key = typeof header === 'string' ? header : undefined;
    const onward: Onward = { method: incoming.method ?? 'GET', key, port: this.nextPort(tried) };
    this.watcher.forwarded?.(onward);
    const options: RequestOptions = { host: '127.0.0.1', port: onward.port, method: onward.method, path: incoming.url, headers: incoming.headers, agent: this.agent };
    this.counts(onward.port, 1);
    const sent = request(options, (answer) => this.pass(answer, onward, outgoing));
    sent.once('close', () => this.counts(onward.port, -1));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const closedDoor = error.code === 'ECONNREFUSED' || sent.reusedSocket;
      if (error.code === 'ECONNREFUSED') this.unready.add(onward.port);
      const again = closedDoor && NOT_SENT.includes(error.code ?? '') && !outgoing.headersSent && tried.length + 1 < this.upstreams.length && (onward.method === 'GET' || key !== undefined);
      if (again) this.send(passage, [...tried, onward.port]);
      else if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => sent.destroy());
    sent.end(body);
  }

  private pass(answer: IncomingMessage, onward: Onward, outgoing: ServerResponse): void {
    const isDone = answer.statusCode !== undefined && answer.statusCode < BAD_REQUEST;
    if (isDone && this.watcher.loses?.(onward) === true) return void this.lose(answer, onward, outgoing);
    const marks = Object.entries(this.watcher.marks?.(onward) ?? {}).flat();
    outgoing.writeHead(answer.statusCode ?? 502, [...answer.rawHeaders, ...marks]);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
    answer.on('close', () => answer.complete || outgoing.destroy());
  }

  private async lose(answer: IncomingMessage, onward: Onward, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(answer).catch(() => Buffer.alloc(0));
    await this.watcher.lost?.(onward, body);
    outgoing.destroy();
  }
}

interface Passage {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
}
