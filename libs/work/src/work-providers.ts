import { Clock } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { DatabaseContext, Transaction, WorkerDatabase } from '@selfos/persistence';
import { PostgresWork } from './adapters/postgres/postgres-work.js';
import { PostgresWorkStore } from './adapters/postgres/postgres-work-store.js';
import type { JobHandler } from './domain/job-handler.js';
import { Work } from './domain/work.js';
import { WorkStore } from './domain/work-store.js';
import type { WorkRunnerOptions } from './runner/runner-options.js';
import { WorkRunner } from './runner/work-runner.js';

type HandlerClass = abstract new (...parts: never[]) => JobHandler;

/** Providers of `Work` and `WorkStore` for a service with a database; its migrations include `CreateWorkTables…`. */
export function workProviders() {
  return [
    { provide: Work, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new PostgresWork(database) },
    {
      provide: WorkStore,
      inject: [WorkerDatabase, DatabaseContext],
      useFactory: (worker: WorkerDatabase, database: DatabaseContext) => new PostgresWorkStore(worker, database),
    },
  ];
}

/** The provider of a runner for these handlers, which must be providers too; it starts and stops with the application. */
export function workRunner(handlers: readonly HandlerClass[], options: WorkRunnerOptions = {}) {
  return {
    provide: WorkRunner,
    inject: [WorkStore, Transaction, Clock, Logger, ...handlers],
    useFactory: (...[store, transaction, clock, logger, ...ready]: [WorkStore, Transaction, Clock, Logger, ...JobHandler[]]) =>
      new WorkRunner({ store, transaction, clock, logger }, ready, options),
  };
}
