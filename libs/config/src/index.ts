export * from './common-config.js';
export * from './describe-config.js';
export * from './environment.js';
export * from './load-config.js';
export * from './setting.js';
