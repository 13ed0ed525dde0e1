export { configSchema } from './backend.config.js';
export { BackendModule } from './backend.module.js';
export { manifest } from './manifest.js';
