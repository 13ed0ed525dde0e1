import { Injectable, Module, type DynamicModule, type BeforeApplicationShutdown, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { ServiceName } from '@selfos/contracts';
import { Clock } from '@selfos/kernel';
import { Logger, Tracer } from '@selfos/observability';
import { BatchTransaction, Once, Outbox, Transaction, WorkerDatabase } from '@selfos/persistence';
import { EventBus } from '../event-bus.js';
import { EventPublisher } from '../outbox/event-publisher.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { BusServer } from './bus-server.js';
import { EventRunner } from './event-runner.js';
import { openBus, type BusAddress } from './open-bus.js';

export interface EventBusOptions extends BusAddress {
  readonly service: ServiceName;
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
