import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/**
 * A TCP proxy of 127.0.0.1 that can be told to misbehave. What goes wrong is decided by whoever holds it, so a test with a seed
 * meets the same faults again.
 */
export class FaultProxy {
  private readonly pairs = new Set<Pair>();
  private refusing = false;
  private delayMs = 0;
  private held = false;

  private constructor(
    private readonly listener: Server,
    /** Where to connect instead of to the server. */
    readonly port: number,
  ) {}

  static async to(port: number): Promise<FaultProxy> {
    const listener = createServer({ noDelay: true });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    const proxy = new FaultProxy(listener, typeof address === 'object' && address !== null ? address.port : 0);
    listener.on('connection', (client) => proxy.accept(client, port));
    listener.unref();
    return proxy;
  }

  /** The same URL through this proxy. */
  through(url: string): string {
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = String(this.port);
    return proxied.href;
  }

  /** Resets every connection; with `refuse`, new ones as well until {@link heal}. */
  cut(refuse = false): void {
    this.refusing = refuse;
    for (const pair of this.pairs) this.drop(pair);
  }

  /** Delays every chunk, in both directions, by `ms`. */
  slow(ms: number): void {
    this.delayMs = ms;
  }

  /** Connections stay and nothing passes: what a network that swallows packets looks like. What was held flows on after {@link heal}. */
  blackHole(): void {
    this.held = true;
    for (const { client, server } of this.pairs) for (const socket of [client, server]) socket.pause();
  }

  /** Ends a {@link blackHole} for new connections; those that it caught stay silent for ever. */
  healForNewOnes(): void {
    this.held = false;
  }

  heal(): void {
    this.refusing = false;
    this.delayMs = 0;
    this.held = false;
    for (const { client, server } of this.pairs) for (const socket of [client, server]) socket.resume();
  }

  async close(): Promise<void> {
    this.cut(true);
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private accept(client: Socket, port: number): void {
    if (this.refusing) return void client.resetAndDestroy();
    const server = connect({ port, host: '127.0.0.1', noDelay: true });
    const pair: Pair = { client, server };
    this.pairs.add(pair);
    for (const socket of [client, server]) socket.unref(); // one that is held never ends by itself
    this.pipe(pair, client, server);
    this.pipe(pair, server, client);
    if (this.held) for (const socket of [client, server]) socket.pause();
  }

  private pipe(pair: Pair, from: Socket, to: Socket): void {
    let before: Promise<unknown> | undefined;
    from.on('data', (chunk) => {
      if (this.delayMs === 0 && before === undefined) return void to.write(chunk);
      // a connection is slow, but never out of order: not even when it becomes quick again
      const sent = Promise.all([before, new Promise((resolve) => setTimeout(resolve, this.delayMs))]).then(() => {
        if (to.writable) to.write(chunk);
        if (before === sent) before = undefined;
      });
      before = sent;
    });
    for (const ending of ['end', 'error', 'close'] as const) from.on(ending, () => this.drop(pair));
  }

  private drop(pair: Pair): void {
    if (!this.pairs.delete(pair)) return;
    for (const socket of [pair.client, pair.server]) socket.resetAndDestroy();
  }
}

/** A proxy in front of a port of 127.0.0.1. */
export function startFaultProxy(port: number): Promise<FaultProxy> {
  return FaultProxy.to(port);
}
