import { commonConfig, ConfigError } from '@selfos/config';
import { KeyFolder } from '@selfos/crypto';
import { Logger, Metrics, Tracer } from '@selfos/observability';
import { openClock } from '@selfos/time-travel';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InternalClient } from '../client/internal-client.js';
import { Resilience } from '../client/resilience.js';
import { ServiceDirectory } from '../client/service-directory.js';
import { ServiceAuthenticator } from '../tokens/service-authenticator.js';
import { ServiceTokens } from '../tokens/service-tokens.js';
import type { CoreParts } from './core.module.js';
import { Draining } from './draining.js';
import { Readiness } from './readiness.js';
import type { ServiceConfig } from './service-config.js';
import { ServiceIdentity } from './service-identity.js';
import type { ServiceDefinition } from './service-definition.js';

/** Time travel would let anyone make reminders fire and tokens look old. */
export class TimeTravelRefused extends Error {
  constructor() {
    super('SELFOS_TIME_TRAVEL is not allowed in production');
    this.name = 'TimeTravelRefused';
  }
}

/** Makes what a service has at hand before its modules are made. */
export async function makeParts(definition: ServiceDefinition): Promise<CoreParts> {
  const { manifest, config } = definition;
  if (config.runtime.timeTravel && config.runtime.environment === 'production') throw new TimeTravelRefused();
  const keys = new KeyFolder(serviceKeysOf(config));
  const tokens = new ServiceTokens(manifest.name, keys);
  await tokens.prepare();
  const tracer = new Tracer({ service: manifest.name, ...(config.logging.traceFile === undefined ? {} : { file: config.logging.traceFile }) });
  const directory = definition.directory ?? ServiceDirectory.parse(config.http.serviceUrls);
  const resilience = new Resilience();
  return {
    identity: new ServiceIdentity(manifest),
    logger: definition.logger ?? loggerOf(manifest.name, config),
    metrics: new Metrics(manifest.name),
    tracer,
    clock: definition.clock ?? (await openClock({ timeTravel: config.runtime.timeTravel, databaseUrl: config.database.url ?? '' })),
    keys,
    tokens,
    directory,
    resilience,
    client: new InternalClient({ tokens, directory, tracer, calls: manifest.calls, resilience }),
    readiness: new Readiness(),
    draining: new Draining(),
    authenticator: definition.authenticator ?? new ServiceAuthenticator(manifest.name, keys),
    shape: definition.shape ?? 'inner',
  };
}

/** Production has to say where: keys made in a container's own folder would differ from everyone else's. */
function serviceKeysOf({ http, runtime }: ServiceConfig): string {
  if (http.serviceKeys !== undefined) return http.serviceKeys;
  if (runtime.environment === 'production') throw new ConfigError([{ variable: commonConfig.http.serviceKeys.variable, reason: 'is required in production' }]);
  return join(runtime.home, 'keys', 'services');
}

export function loggerOf(service: string, config: ServiceConfig): Logger {
  const secret = config.logging.pseudonymKey;
  return new Logger({ service, level: config.logging.level, ...(secret === undefined ? {} : { pseudonymSecret: createHash('sha256').update(secret).digest() }) });
}
