import { type Environment, loadConfig } from '@selfos/config';
import type { ServiceDefinition } from '@selfos/http';
import { manifest } from './manifest.js';
import { configSchema } from './story-engine.config.js';
import { StoryEngineModule } from './story-engine.module.js';

export { configSchema, manifest };

/** The service as a process that runs several of them starts it. */
export function define(env: Environment): ServiceDefinition {
  const config = loadConfig(configSchema, env);
  return { manifest, config, module: StoryEngineModule.with(config) };
}
