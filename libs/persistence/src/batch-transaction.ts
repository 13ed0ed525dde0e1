import type { DataSource, QueryRunner } from 'typeorm';
import { commit } from './commit.js';
import type { DatabaseContext } from './database-context.js';
import { asPersistenceError } from './persistence.errors.js';
import { SharedConnection, type PipelinedClient, type Prepared } from './shared-connection.js';
import type { CurrentUser } from './typeorm-transaction.js';

/** Runs one piece of work of a batch as the person of the call context it is called in. */
export type Part = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * One transaction for many people's pieces of work, each under its own person's rows: for what comes in batches and is undone together.
 * Parts of different people may run side by side; those of one person run one after another, since they share rows and no lock parts them.
 * A part that is left running when the batch fails can write nothing more.
 */
export abstract class BatchTransaction {
  /** Outside of a part there is no person. A part that fails must fail the batch: the database refuses whatever follows it. */
  abstract run<T>(work: (part: Part) => Promise<T>): Promise<T>;
}

export class TypeormBatchTransaction extends BatchTransaction {
  private readonly prepared = new WeakMap<PipelinedClient, Prepared>();

  constructor(
    private readonly database: DataSource,
    private readonly context: DatabaseContext,
    private readonly currentUser: CurrentUser,
  ) {
    super();
  }

  async run<T>(work: (part: Part) => Promise<T>): Promise<T> {
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction();
      const shared = await this.share(runner);
      const result = await this.within(shared, work).finally(() => shared.end());
      await commit(runner);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await undo(runner, error).catch(() => undefined);
      throw asPersistenceError(error);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  private within<T>(shared: SharedConnection, work: (part: Part) => Promise<T>): Promise<T> {
    const part: Part = async (one) => {
      const userId = this.currentUser();
      return this.context.enter({ manager: shared.managerFor(userId), userId, fixed: true }, one);
    };
    return this.context.enter({ manager: shared.managerFor(undefined), userId: undefined, fixed: true }, () => work(part));
  }

  private async share(runner: QueryRunner): Promise<SharedConnection> {
    const client: PipelinedClient = await runner.connect();
    const prepared = this.prepared.get(client) ?? new Map<string, string>();
    this.prepared.set(client, prepared);
    return new SharedConnection(this.database, client, prepared);
  }
}

/** A table that was changed meanwhile makes its prepared statements fail for ever: they end with their connection. */
const STALE_STATEMENT = new Set(['0A000', '26000']);
const DEEPEST_CAUSE = 5;

async function undo(runner: QueryRunner, error: unknown): Promise<void> {
  await runner.rollbackTransaction();
  if (isStale(error)) await runner.query('SELECT pg_terminate_backend(pg_backend_pid())');
}

/** Also where the work made an error of its own of it. */
function isStale(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST_CAUSE) return false;
  return ('code' in error && STALE_STATEMENT.has(String(error.code))) || ('cause' in error && isStale(error.cause, depth + 1));
}
