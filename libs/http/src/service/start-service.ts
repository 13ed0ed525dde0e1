import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { checkSurface } from './boot-check.js';
import { connectTransports } from './connect-transports.js';
import { CoreModule } from './core.module.js';
import { setUpFastify } from './fastify-setup.js';
import { makeParts } from './make-parts.js';
import { NestLog } from './nest-log.js';
import type { ServiceDefinition } from './service-definition.js';
import { closeAll, drainAndClose } from './shutdown.js';

export interface RunningService {
  readonly name: string;
  /** e.g. `http://127.0.0.1:8003`; the port is the real one also when 0 was asked for. */
  readonly url: string;
  readonly port: number;
  readonly app: NestFastifyApplication;
  /** Not ready → no new connections → requests end → modules close. Safe to call twice. */
  close(): Promise<void>;
}

/** A request has to arrive whole within this time; its answer may take longer. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Sealed bodies are larger than the plain ones they were made of. */
const INNER_BODY_LIMIT = 8 * 1024 * 1024;
const INNER_MAX_KEYS = 200_000;

/** Starts a service and returns once it listens. Nothing is global: any number of services start in one process. */
export async function startService(definition: ServiceDefinition): Promise<RunningService> {
  const { manifest, config } = definition;
  const parts = await makeParts(definition);
  const adapter = new FastifyAdapter({ trustProxy: config.http.trustedProxies === '' ? false : config.http.trustedProxies, requestTimeout: REQUEST_TIMEOUT_MS, return503OnClosing: false, bodyLimit: definition.bodyLimit ?? INNER_BODY_LIMIT, routerOptions: { maxParamLength: 200 } });
  const server = adapter.getInstance<FastifyInstance>();
  const limits = { bodyLimit: definition.bodyLimit ?? INNER_BODY_LIMIT, maxKeys: definition.maxKeys ?? INNER_MAX_KEYS, showsMetrics: definition.showsMetrics ?? true };
  setUpFastify(server, { metrics: parts.metrics, readiness: parts.readiness, draining: parts.draining, shedding: config.shedding, name: manifest.name, ...limits });
  await definition.server?.(server, parts);
  const root: DynamicModule = { module: ServiceRoot, imports: [CoreModule.with(parts), definition.module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { bodyParser: false, abortOnError: false, logger: new NestLog(parts.logger) });
  try {
    checkSurface(app, manifest.name, definition.served);
    await connectTransports(app);
    await app.listen(config.http.port ?? manifest.port, config.http.host);
  } catch (error) {
    // What was opened already would keep the process from ending.
    await closeAll(app, parts).catch(() => undefined);
    throw error;
  }
  const port = portOf(server);
  const url = `http://${config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host}:${port}`;
  parts.directory.set(manifest.name, url);
  parts.logger.info('service started', { port, environment: config.runtime.environment });
  return { name: manifest.name, url, port, app, close: once(() => drainAndClose({ app, parts, config })) };
}

@Module({})
class ServiceRoot {}

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
