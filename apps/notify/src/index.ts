export { manifest } from './manifest.js';
export { configSchema } from './notify.config.js';
export { NotifyModule } from './notify.module.js';
