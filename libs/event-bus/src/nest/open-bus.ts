import type { Logger } from '@selfos/observability';
import type { EventBus } from '../event-bus.js';
import { PostgresEventBus } from '../postgres/postgres-event-bus.js';
import { RedisStreamsEventBus } from '../redis-streams/redis-streams-event-bus.js';

/** Where a service's bus is. The first that is set is taken. */
export interface BusAddress {
  /** Google Cloud project: the bus is Pub/Sub, with the credentials of the environment. */
  readonly pubsubProject?: string | undefined;
  /** The bus is Redis Streams. */
  readonly redisUrl?: string | undefined;
  /** Administrator's URL of the PostgreSQL server: the bus when there is nothing else. */
  readonly databaseUrl: string;
}

/** The bus at that address. Google's client is large: it is loaded where it is used. */
export async function openBus(address: BusAddress, logger: Logger): Promise<EventBus> {
  const { adapter, because } = chosen(address);
  logger.info('adapter chosen', { port: 'EventBus', adapter, because });
  const { pubsubProject, redisUrl, databaseUrl } = address;
  if (pubsubProject !== undefined) {
    const { PubSubEventBus } = await import('../pubsub/pubsub-event-bus.js');
    return new PubSubEventBus({ client: { projectId: pubsubProject }, logger });
  }
  return redisUrl === undefined ? new PostgresEventBus({ databaseUrl, logger }) : new RedisStreamsEventBus({ url: redisUrl, logger });
}

function chosen({ pubsubProject, redisUrl }: BusAddress): { readonly adapter: string; readonly because: string } {
  if (pubsubProject !== undefined) return { adapter: 'pubsub', because: 'PUBSUB_PROJECT_ID:set' };
  return redisUrl === undefined ? { adapter: 'postgres', because: 'REDIS_URL:unset' } : { adapter: 'redis-streams', because: 'REDIS_URL:set' };
}
