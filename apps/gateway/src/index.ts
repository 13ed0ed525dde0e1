export { defineGateway as define } from './define-gateway.js';
export { configSchema } from './gateway.config.js';
export { manifest } from './manifest.js';
