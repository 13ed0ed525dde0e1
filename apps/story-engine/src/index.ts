import type { ServiceDefinition } from '@selfos/http';
import { manifest } from './manifest.js';
import type { StoryEngineConfig } from './story-engine.config.js';
import { StoryEngineModule } from './story-engine.module.js';

export { manifest } from './manifest.js';
export { configSchema, type StoryEngineConfig } from './story-engine.config.js';

/** What it takes to start the service, alone or beside others. */
export function createStoryEngineService(config: StoryEngineConfig): ServiceDefinition {
  return { manifest, config, module: StoryEngineModule.with(config) };
}
