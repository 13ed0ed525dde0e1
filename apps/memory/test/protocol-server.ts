import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

/** How a server answers one request: what it says, or how it fails. */
export type Reply = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> } | 'hang' | 'reset' | 'garbage';

/** A local server that speaks somebody's wire protocol, remembers what it was asked, and fails as it is told. */
export class ProtocolServer {
  readonly asked: Asked[] = [];
  /** Replies for the next requests, before it answers as it should. */
  readonly faults: Reply[] = [];
  private readonly server: Server;

  private constructor(answer: (asked: Asked) => Reply) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
        this.asked.push(asked);
        send(response, this.faults.shift() ?? answer(asked));
      });
    });
  }

  static async start(answer: (asked: Asked) => Reply): Promise<ProtocolServer> {
    const server = new ProtocolServer(answer);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Fails that often from now on. */
  fail(reply: Reply, times = 1): void {
    for (let time = 0; time < times; time += 1) this.faults.push(reply);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    response.destroy();
    return;
  }
  const { status, body, headers } = reply === 'garbage' ? { status: 200, body: undefined, headers: {} } : reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(reply === 'garbage' ? '{"data": [{"embedd' : JSON.stringify(body));
}
