export * from './cron.js';
export * from './recurrence.errors.js';
export * from './rule.js';
export * from './schedule.js';
export * from './wall-time.js';
export * from './words.js';
