import { type DynamicModule, Injectable, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { IdempotencyStore, Readiness } from '@selfos/http';
import { currentContext, Logger } from '@selfos/observability';
import { BatchTransaction, TypeormBatchTransaction } from './batch-transaction.js';
import { DatabaseContext } from './database-context.js';
import { OutsideEffects } from './effects/outside-effects.js';
import { TypeormEffectLedger } from './effects/typeorm-effect-ledger.js';
import { Housekeeping, type Sweep } from './housekeeping.js';
import { Once } from './once/once.js';
import { TypeormOnce } from './once/typeorm-once.js';
import { TypeormIdempotencyStore } from './once/typeorm-idempotency-store.js';
import { closeDatabase, type DatabaseOptions, openDatabase, type OpenDatabase } from './open-database.js';
import { Outbox } from './outbox/outbox.js';
import { TypeormOutbox } from './outbox/typeorm-outbox.js';
import { Transaction } from './transaction.js';
import { TypeormTransaction } from './typeorm-transaction.js';
import { WorkerDatabase } from './worker-database.js';

export interface PersistenceOptions extends DatabaseOptions {
  /** False for a second database in the same service: its providers are then seen only where the module is imported. */
  readonly global?: boolean;
  /** Rows that are over and may be deleted, besides those of the tables that every service has. */
  readonly sweeps?: readonly Sweep[];
}

const OPEN_DATABASE = Symbol('open database');
const OPTIONS = Symbol('persistence options');

@Injectable()
class DatabaseLifetime implements OnApplicationShutdown {
  constructor(
    private readonly open: OpenDatabase,
    private readonly housekeeping: Housekeeping,
  ) {
    housekeeping.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.housekeeping.stop();
    await closeDatabase(this.open);
  }
}

const EXPORTED = [Transaction, BatchTransaction, DatabaseContext, Outbox, Once, IdempotencyStore, OutsideEffects, WorkerDatabase];

const PROVIDERS: readonly Provider[] = [
  DatabaseContext,
  {
    provide: TypeormTransaction,
    inject: [OPEN_DATABASE, DatabaseContext],
    useFactory: (open: OpenDatabase, context: DatabaseContext) => new TypeormTransaction(open.app, context, () => currentContext()?.userId),
  },
  { provide: Transaction, useExisting: TypeormTransaction },
  {
    provide: BatchTransaction,
    inject: [OPEN_DATABASE, DatabaseContext],
    useFactory: (open: OpenDatabase, context: DatabaseContext) => new TypeormBatchTransaction(open.app, context, () => currentContext()?.userId),
  },
  { provide: Outbox, inject: [DatabaseContext], useFactory: (context: DatabaseContext) => new TypeormOutbox(context) },
  { provide: Once, inject: [DatabaseContext], useFactory: (context: DatabaseContext) => new TypeormOnce(context) },
  {
    provide: IdempotencyStore,
    inject: [TypeormTransaction, DatabaseContext],
    useFactory: (transaction: TypeormTransaction, context: DatabaseContext) => new TypeormIdempotencyStore(transaction, context),
  },
  {
    provide: WorkerDatabase,
    inject: [OPEN_DATABASE],
    useFactory: (open: OpenDatabase) => new WorkerDatabase(open.worker, open.address.workerUrl),
  },
  {
    provide: OutsideEffects,
    inject: [WorkerDatabase, DatabaseContext],
    useFactory: (worker: WorkerDatabase, context: DatabaseContext) => new OutsideEffects(new TypeormEffectLedger(worker), () => context.current() !== undefined),
  },
  {
    provide: Housekeeping,
    inject: [WorkerDatabase, OPTIONS, { token: Logger, optional: true }],
    useFactory: (worker: WorkerDatabase, { sweeps = [] }: PersistenceOptions, logger?: Logger) => new Housekeeping(worker, { sweeps, logger }),
  },
  {
    provide: DatabaseLifetime,
    inject: [OPEN_DATABASE, Housekeeping, { token: Readiness, optional: true }],
    useFactory: (open: OpenDatabase, housekeeping: Housekeeping, readiness?: Readiness) => {
      readiness?.add(`database ${open.address.database}`, () => open.app.query('SELECT 1'));
      return new DatabaseLifetime(open, housekeeping);
    },
  },
];

@Module({})
export class PersistenceModule {
  /** Migrates and opens the service's database while the module is built; closes it when the application shuts down. */
  static forService(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      global: options.global ?? true,
      providers: [{ provide: OPTIONS, useValue: options }, { provide: OPEN_DATABASE, useFactory: () => openDatabase(options) }, ...PROVIDERS],
      exports: EXPORTED,
    };
  }
}
