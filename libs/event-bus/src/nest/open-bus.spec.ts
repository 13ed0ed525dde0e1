import { describe, expect, it } from '@jest/globals';
import { Logger } from '@selfos/observability';
import { PostgresEventBus } from '../postgres/postgres-event-bus.js';
import { PubSubEventBus } from '../pubsub/pubsub-event-bus.js';
import { RedisStreamsEventBus } from '../redis-streams/redis-streams-event-bus.js';
import { openBus, type BusAddress } from './open-bus.js';

const databaseUrl = 'postgresql://127.0.0.1:1/none';
const redisUrl = 'redis://127.0.0.1:1';

describe('the bus of a service', () => {
  it.each<[string, BusAddress, { adapter: unknown; because: string }]>([
    ['Pub/Sub where a project is named, whatever else is', { pubsubProject: 'a-project', redisUrl, databaseUrl }, { adapter: PubSubEventBus, because: 'PUBSUB_PROJECT_ID:set' }],
    ['Redis Streams where there is a Redis', { redisUrl, databaseUrl }, { adapter: RedisStreamsEventBus, because: 'REDIS_URL:set' }],
    ['the log in PostgreSQL where there is nothing else', { databaseUrl }, { adapter: PostgresEventBus, because: 'REDIS_URL:unset' }],
  ])('is %s, and the log says so', async (_which, address, { adapter, because }) => {
    const lines: string[] = [];
    const bus = await openBus(address, new Logger({ service: 'spec', level: 'INFO', destination: { write: (line) => void lines.push(line) } }));
    expect(bus).toBeInstanceOf(adapter);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'adapter chosen', port: 'EventBus', because });
    await bus.close();
  });
});
