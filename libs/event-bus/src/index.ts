export { DEFAULT_POLICY, type DeliveryPolicy } from './delivery.js';
export * from './event-bus.js';
export * from './event-bus.errors.js';
export { InMemoryEventBus } from './in-memory/in-memory-event-bus.js';
export { PostgresEventBus, type PostgresEventBusOptions } from './postgres/postgres-event-bus.js';
export { RedisStreamsEventBus, type RedisStreamsEventBusOptions } from './redis-streams/redis-streams-event-bus.js';
