import { request, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A proxy that gives each request to the next of its upstreams: what one replica keeps to itself, the next does not know. */
export class RoundRobin {
  private next = 0;
  private readonly server: Server;
  private readonly upstreams: readonly number[];

  constructor(upstreams: readonly number[]) {
    this.upstreams = upstreams;
    this.server = createServer((incoming, outgoing) => this.forward(incoming, outgoing));
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

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const port = this.upstreams[this.next++ % this.upstreams.length];
    const onward = request({ host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }
}
