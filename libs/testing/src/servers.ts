// What needs no test framework: for tools that start real parts by themselves.
export { eventually } from './eventually.js';
export { FaultProxy, startFaultProxy } from './fault-proxy.js';
export { databaseFor, startPostgres, type TestDatabase } from './postgres.js';
export { startRedis } from './redis.js';
export { restartablePostgres, startRestartableRedis, type RestartableRedis, type RestartableServer } from './restartable.js';
export { freePorts } from './ports.js';
