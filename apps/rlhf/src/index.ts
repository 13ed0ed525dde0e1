export { manifest } from './manifest.js';
export { configSchema } from './rlhf.config.js';
export { RlhfModule } from './rlhf.module.js';
