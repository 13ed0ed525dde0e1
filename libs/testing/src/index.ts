export { eventually, type EventuallyOptions } from './eventually.js';
export { FaultProxy, startFaultProxy } from './fault-proxy.js';
export { startMongo } from './mongo.js';
export { freePort } from './ports.js';
export { databaseFor, startPostgres, type PostgresVersion, type TestDatabase } from './postgres.js';
export { findProgram } from './programs.js';
export { missingPart, requireRealPart, type DescribeBlock, type RealPart } from './real-parts.js';
export { startRedis } from './redis.js';
export { restartablePostgres, startRestartableRedis, type RestartableRedis, type RestartableServer } from './restartable.js';
