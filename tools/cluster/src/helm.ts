import { createServer } from 'node:http';
import type { Cluster } from './cluster.ts';

/**
 * Lets tests in another process steer the cluster, on a port of 127.0.0.1: `POST /rolling-restart`, or with `?each=n` of n replicas of
 * each service, answers when it is over.
 */
export async function openHelm(cluster: Cluster): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://helm');
    if (request.method !== 'POST' || url.pathname !== '/rolling-restart') return void response.writeHead(404).end();
    const each = url.searchParams.get('each');
    cluster.rollingRestart({ each: each === null ? undefined : Number(each) }).then(
      (restarts) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(restarts)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
