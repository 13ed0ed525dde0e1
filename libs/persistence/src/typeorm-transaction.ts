import { isUuid } from '@selfos/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { commit } from './commit.js';
import type { AmbientTransaction, DatabaseContext } from './database-context.js';
import { asPersistenceError, TransactionOfAnotherUser } from './persistence.errors.js';
import { Transaction } from './transaction.js';

/** Whom the current work is for, if anyone. */
export type CurrentUser = () => string | undefined;

/**
 * Transactions of the role `<service>_app`. `app.user_id` is set from the current user for exactly one transaction,
 * so that row-level security shows this person's rows and no others, and none at all without a user.
 */
export class TypeormTransaction extends Transaction {
  constructor(
    private readonly database: DataSource,
    private readonly context: DatabaseContext,
    private readonly currentUser: CurrentUser,
  ) {
    super();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const ambient = this.context.current();
    if (ambient === undefined) return this.runAlone(work);
    await this.join(ambient);
    return work();
  }

  /** A transaction of its own, also inside another one: for what must be seen by others before the outer one ends. */
  async runAlone<T>(work: () => Promise<T>): Promise<T> {
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction();
      const ambient: AmbientTransaction = { manager: runner.manager, userId: undefined };
      await this.join(ambient);
      const result = await this.context.enter(ambient, work);
      await commit(runner);
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw asPersistenceError(error);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  private async join(ambient: AmbientTransaction): Promise<void> {
    const userId = this.currentUser();
    if (userId === undefined || userId === ambient.userId) return;
    if (ambient.userId !== undefined || ambient.fixed === true) throw new TransactionOfAnotherUser();
    ambient.userId = userId;
    await setUser(ambient.manager, userId);
  }
}

/** From here to the end of the transaction, or the next call, the rows of this person are seen, or nobody's. */
async function setUser(manager: EntityManager, userId: string | undefined): Promise<void> {
  if (userId !== undefined && !isUuid(userId)) throw new TransactionOfAnotherUser({ detail: 'The current user has no valid id' });
  await manager.query("SELECT set_config('app.user_id', $1, true)", [userId ?? '']);
}
