import type { DataSource, QueryRunner } from 'typeorm';
import { commit } from './commit.js';
import type { DatabaseContext } from './database-context.js';
import { asPersistenceError } from './persistence.errors.js';
import { PreparedClients, type PreparedClient } from './prepared-client.js';
import { SharedConnection } from './shared-connection.js';
import { undo } from './undo.js';
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
  private readonly clients = new PreparedClients();

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
      const client = await this.clients.of(runner);
      return await this.within(runner, client, work);
    } catch (error) {
      throw asPersistenceError(error);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  private async within<T>(runner: QueryRunner, client: PreparedClient, work: (part: Part) => Promise<T>): Promise<T> {
    const shared = new SharedConnection(this.database, client);
    const begun = client.query('START TRANSACTION');
    begun.catch(() => undefined);
    try {
      const result = await this.inParts(shared, work).finally(() => shared.end());
      await begun;
      await commit(client);
      return result;
    } catch (error) {
      await undo(runner, client, error);
      throw error;
    }
  }

  private inParts<T>(shared: SharedConnection, work: (part: Part) => Promise<T>): Promise<T> {
    const part: Part = async (one) => {
      const userId = this.currentUser();
      return this.context.enter({ manager: shared.managerFor(userId), userId, fixed: true }, one);
    };
    return this.context.enter({ manager: shared.managerFor(undefined), userId: undefined, fixed: true }, () => work(part));
  }
}
