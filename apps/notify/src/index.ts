import type { ServiceDefinition } from '@selfos/http';
import { manifest } from './manifest.js';
import type { NotifyConfig } from './notify.config.js';
import { NotifyModule } from './notify.module.js';

export { configSchema } from './notify.config.js';
export { manifest } from './manifest.js';

/** What it takes to start notify, here or in its own process. */
export function notifyService(config: NotifyConfig): ServiceDefinition {
  return { manifest, config, module: NotifyModule.forConfig(config) };
}
