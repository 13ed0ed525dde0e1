export * from './call-context.js';
export * from './jsonl-span-exporter.js';
export * from './logger.js';
export * from './metrics.js';
export * from './pseudonym.js';
export * from './safe-fields.js';
export * from './traceparent.js';
export * from './tracer.js';
