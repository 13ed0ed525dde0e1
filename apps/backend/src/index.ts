import { loadConfig, type Environment } from '@selfos/config';
import type { ServiceDefinition } from '@selfos/http';
import { configSchema } from './backend.config.js';
import { BackendModule } from './backend.module.js';
import { MESSAGE_STORE_LIMITS } from './conversations/repositories/mongoose/message-store-limits.js';
import { manifest } from './manifest.js';

export { configSchema, manifest };

/** What it asks outside, and how much that may cost. */
export const dependencies = [MESSAGE_STORE_LIMITS];

/** The service as a process that runs several of them starts it. */
export function define(env: Environment): ServiceDefinition {
  const config = loadConfig(configSchema, env);
  return { manifest, config, module: BackendModule.with(config) };
}
