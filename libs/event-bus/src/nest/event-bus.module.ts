import { Injectable, Module, type DynamicModule, type BeforeApplicationShutdown, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { ServiceName } from '@selfos/contracts';
import { Clock } from '@selfos/kernel';
import { Logger, Tracer } from '@selfos/observability';
import { BatchTransaction, Once, Outbox, Transaction, WorkerDatabase } from '@selfos/persistence';
import { EventBus } from '../event-bus.js';
import { EventPublisher } from '../outbox/event-publisher.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { PostgresEventBus } from '../postgres/postgres-event-bus.js';
import { RedisStreamsEventBus } from '../redis-streams/redis-streams-event-bus.js';
import { BusServer } from './bus-server.js';
import { EventRunner } from './event-runner.js';

export interface EventBusOptions {
  readonly service: ServiceName;
  /** Given: the bus is Redis Streams. */
  readonly redisUrl?: string | undefined;
  /** Administrator's URL of the PostgreSQL server: the bus when there is no Redis. */
  readonly databaseUrl: string;
}

/** Starts the relay with the service; ends it before the database closes, and the bus after the handlers are done. */
@Injectable()
class BusLifetime implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly bus: EventBus,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.relay.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
  }
}

/** Which adapter a service's bus is, and why: told when it starts. */
function chosenBus(options: Pick<EventBusOptions, 'redisUrl'>): { readonly adapter: string; readonly because: string } {
  if (options.redisUrl !== undefined) return { adapter: 'redis-streams', because: 'REDIS_URL is set' };
  return { adapter: 'postgres', because: 'REDIS_URL is not set' };
}

function openBus({ redisUrl, databaseUrl }: EventBusOptions, logger: Logger): EventBus {
  logger.info('adapter chosen', { port: 'EventBus', ...chosenBus({ redisUrl }) });
  return redisUrl === undefined ? new PostgresEventBus({ databaseUrl, logger }) : new RedisStreamsEventBus({ url: redisUrl, logger });
}

/**
 * The bus of one service: EventPublisher for use cases, BusServer for `@EventPattern` handlers, and the relay between outbox and bus.
 * Needs Clock, Logger and Tracer, and the service's PersistenceModule.
 */
@Module({})
export class EventBusModule {
  static forService(options: EventBusOptions): DynamicModule {
    const { service } = options;
    return {
      module: EventBusModule,
      global: true,
      providers: [
        { provide: EventBus, inject: [Logger], useFactory: (logger: Logger) => openBus(options, logger) },
        { provide: EventPublisher, inject: [Outbox, Clock], useFactory: (outbox: Outbox, clock: Clock) => new EventPublisher(outbox, clock, service) },
        {
          provide: OutboxRelay,
          inject: [WorkerDatabase, EventBus, Logger],
          useFactory: (worker: WorkerDatabase, bus: EventBus, logger: Logger) => new OutboxRelay(worker, bus, logger),
        },
        {
          provide: BusServer,
          inject: [EventBus, Transaction, BatchTransaction, Once, Tracer],
          useFactory: (...[bus, transaction, batches, once, tracer]: [EventBus, Transaction, BatchTransaction, Once, Tracer]) =>
            new BusServer(bus, service, new EventRunner({ consumer: service, transaction, batches, once, tracer })),
        },
        BusLifetime,
      ],
      exports: [EventBus, EventPublisher, BusServer, OutboxRelay],
    };
  }
}
