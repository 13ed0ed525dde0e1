import { type Environment, loadConfig } from '@selfos/config';
import type { ServiceDefinition } from '@selfos/http';
import { configSchema } from './ai-engine.config.js';
import { AiEngineModule } from './ai-engine.module.js';
import { manifest } from './manifest.js';

export { dependencies } from './dependency-limits.js';
export { configSchema, manifest };

/** The service as a process that runs several of them starts it. */
export function define(env: Environment): ServiceDefinition {
  const config = loadConfig(configSchema, env);
  return { manifest, config, module: AiEngineModule.with(config) };
}
