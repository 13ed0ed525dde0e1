import type { DynamicModule, Type } from '@nestjs/common';
import type { ServiceManifest } from '@selfos/contracts';
import type { ServiceConfig } from './service-config.js';
import type { ServiceDefinition } from './service-definition.js';
import { startService, type RunningService } from './start-service.js';

/** Runs one service as a process of its own: what `main.ts` calls. Resolves once it listens; signals end it gracefully. */
export async function runService(module: Type | DynamicModule, manifest: ServiceManifest, config: ServiceConfig): Promise<RunningService> {
  return runDefinition({ module, manifest, config });
}

/** The same for a service that needs more than a module. */
export async function runDefinition(definition: ServiceDefinition): Promise<RunningService> {
  const service = await startService(definition);
  stopOnSignals(() => service.close());
  return service;
}

/** First SIGTERM or SIGINT: close and exit 0, or 1 when closing fails. A second one exits at once. */
export function stopOnSignals(close: () => Promise<void>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
