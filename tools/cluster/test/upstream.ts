import { createServer, type Server } from 'node:http';

/** A server of a test, on a free port of 127.0.0.1. */
export interface Upstream {
  readonly port: number;
  /** Ends its connections and listens no more. */
  close(): void;
}

/** Answers with its name and what it was asked, when it may; `/ready` at once with what `isReady` says, and never while that is undefined. */
export async function upstream(name: string, { may = Promise.resolve(), isReady = () => true }: { may?: Promise<void>; isReady?: () => boolean | undefined } = {}): Promise<Upstream> {
  const server: Server = createServer((request, response) => {
    if (request.url === '/ready') {
      const ready = isReady();
      if (ready !== undefined) response.writeHead(ready ? 200 : 503).end();
      return;
    }
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => void may.then(() => response.writeHead(201, { 'x-name': name }).end(`${request.method ?? ''} ${request.url ?? ''} ${body}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close };
}
