import { loadConfig, type Environment } from '@selfos/config';
import type { ServiceDefinition } from '@selfos/http';
import { configSchema } from './backend.config.js';
import { BackendModule } from './backend.module.js';
import { manifest } from './manifest.js';

export { configSchema, manifest };

/** The service as a process that runs several of them starts it. */
export function define(env: Environment): ServiceDefinition {
  const config = loadConfig(configSchema, env);
  return { manifest, config, module: BackendModule.with(config) };
}
