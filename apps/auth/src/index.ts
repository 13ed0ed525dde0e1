export { configSchema, type AuthConfig } from './auth.config.js';
export { AuthModule } from './auth.module.js';
export { manifest } from './manifest.js';
