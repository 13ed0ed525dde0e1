import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { CoreParts } from './core.module.js';
import type { ServiceConfig } from './service-config.js';

/** A connection that becomes idle after the server stopped accepting would otherwise be kept alive for its next request. */
const SWEEP_MS = 50;

/**
 * Not ready, and each answer closes its connection; a moment for whoever routes to us to notice, in which we answer as ever; no new
 * connections; requests that run end, live answers after a while with `reconnect`; then the modules close.
 */
export async function drainAndClose(service: { app: NestFastifyApplication; parts: CoreParts; config: ServiceConfig }): Promise<void> {
  const { app, parts, config } = service;
  parts.readiness.stop();
  parts.draining.begin();
  await pause(config.http.shutdownNoticeMs);
  const sweep = setInterval(() => app.getHttpServer().closeIdleConnections(), SWEEP_MS);
  const farewell = setTimeout(() => parts.draining.endStreams(), Math.min(config.http.shutdownStreamsMs, config.http.shutdownDrainMs));
  const closed = closeAll(app, parts).finally(() => {
    clearInterval(sweep);
    clearTimeout(farewell);
  });
  await Promise.race([closed, cutOff(app, config.http.shutdownDrainMs)]);
  await closed;
  parts.logger.info('service stopped');
}

/** Closes the modules, and then what they were given. */
export async function closeAll(app: NestFastifyApplication, parts: CoreParts): Promise<void> {
  try {
    await app.close();
  } finally {
    await parts.client.close();
    await closeClock(parts.clock);
    await parts.tracer.shutdown();
  }
}

/** Ends connections that are still busy when the time to drain is over. */
async function cutOff(app: NestFastifyApplication, afterMs: number): Promise<void> {
  await pause(afterMs);
  app.getHttpServer().closeAllConnections();
}

async function closeClock(clock: object): Promise<void> {
  if ('close' in clock && typeof clock.close === 'function') await clock.close();
}

async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
