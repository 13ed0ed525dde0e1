import type { Metrics } from '@selfos/observability';
import type { FastifyInstance } from 'fastify';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where metrics are shown; no port: nowhere. */
export interface MetricsAddress {
  readonly host: string;
  readonly port: number | undefined;
}

/** Shows `/metrics` at an address of their own while the gateway runs: its public port is open to everybody. `opened` gets the port. */
export function showMetrics(server: FastifyInstance, parts: { readonly metrics: Metrics; readonly at: MetricsAddress; readonly opened: (port: number) => void }): void {
  const { host, port } = parts.at;
  if (port === undefined) return;
  const reader = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    parts.metrics.render().then((text) => response.setHeader('content-type', parts.metrics.contentType).end(text), () => response.writeHead(500).end());
  });
  server.addHook('onReady', async () => {
    await new Promise<void>((resolve, reject) => reader.once('error', reject).listen(port, host, resolve));
    parts.opened((reader.address() as AddressInfo).port);
  });
  server.addHook('onClose', async () => {
    reader.closeAllConnections();
    await new Promise((resolve) => reader.close(resolve));
  });
}
