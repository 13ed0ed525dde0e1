export * from './clock.js';
export * from './domain-error.js';
export * from './ids.js';
export * from './life-area.js';
export * from './own-host.js';
export * from './page.js';
