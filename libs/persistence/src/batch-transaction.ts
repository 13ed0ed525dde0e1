import type { DataSource, QueryRunner } from 'typeorm';
import type { DatabaseContext } from './database-context.js';
import { asPersistenceError } from './persistence.errors.js';
import { setUser, type CurrentUser } from './typeorm-transaction.js';

/** Runs one piece of work of a batch as the person of the call context it is called in. */
export type Part = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * One transaction for many people's pieces of work, each under its own person's rows: for what comes in batches and is undone together.
 * Parts run one after another, never side by side. A part that is left running when the batch fails can write nothing more.
 */
export abstract class BatchTransaction {
  /** Outside of a part there is no person. A part that fails must fail the batch: the database refuses whatever follows it. */
  abstract run<T>(work: (part: Part) => Promise<T>): Promise<T>;
}

export class TypeormBatchTransaction extends BatchTransaction {
  constructor(
    private readonly database: DataSource,
    private readonly context: DatabaseContext,
    private readonly currentUser: CurrentUser,
  ) {
    super();
  }

  async run<T>(work: (part: Part) => Promise<T>): Promise<T> {
    const runner = this.database.createQueryRunner();
    const running = { parts: 0 };
    try {
      await runner.startTransaction();
      const result = await this.context.enter({ manager: runner.manager, userId: undefined }, () => work(this.partOf(runner, running)));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await undo(runner, running.parts > 0);
      throw asPersistenceError(error);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  private partOf({ manager }: QueryRunner, running: { parts: number }): Part {
    return async (work) => {
      running.parts += 1;
      try {
        const userId = this.currentUser();
        await setUser(manager, userId);
        return await this.context.enter({ manager, userId }, work);
      } finally {
        running.parts -= 1;
      }
    };
  }
}

/** A statement that comes after ROLLBACK would stand on its own: where one may still come, the connection itself has to end. */
async function undo(runner: QueryRunner, mayWriteMore: boolean): Promise<void> {
  if (mayWriteMore) await runner.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
  else if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
}
