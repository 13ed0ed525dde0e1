import { isUuid } from '@selfos/kernel';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { commit } from './commit.js';
import type { AmbientTransaction, DatabaseContext } from './database-context.js';
import { asPersistenceError, TransactionOfAnotherUser } from './persistence.errors.js';
import { asksOf, PreparedClients, type PreparedClient } from './prepared-client.js';
import { Transaction } from './transaction.js';
import { undo } from './undo.js';

/** Whom the current work is for, if anyone. */
export type CurrentUser = () => string | undefined;

/**
 * Transactions of the role `<service>_app`. `app.user_id` is set from the current user for exactly one transaction,
 * so that row-level security shows this person's rows and no others, and none at all without a user.
 */
export class TypeormTransaction extends Transaction {
  private readonly clients = new PreparedClients();

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
    const userId = this.currentUser();
    if (userId !== undefined) checked(userId);
    const runner = this.database.createQueryRunner();
    try {
      const client = await this.clients.of(runner);
      return await this.within({ runner, client, userId }, work);
    } catch (error) {
      throw asPersistenceError(error);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }

  private async within<T>({ runner, client, userId }: Held, work: () => Promise<T>): Promise<T> {
    const asking = asksOf(runner, client);
    const begun = client.query(beginAs(userId));
    // Work does not wait for it: what it asks goes out right behind, and fails when this does.
    begun.catch(() => undefined);
    try {
      const result = await this.context.enter({ manager: runner.manager, userId }, work);
      await begun;
      asking.end();
      await commit(client);
      return result;
    } catch (error) {
      asking.end();
      await undo(runner, client, error);
      throw error;
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

/** A connection until it is given back, and for whom. */
interface Held {
  readonly runner: QueryRunner;
  readonly client: PreparedClient;
  readonly userId: string | undefined;
}

/** From here to the end of the transaction the rows of this person are seen. */
async function setUser(manager: EntityManager, userId: string): Promise<void> {
  await manager.query("SELECT set_config('app.user_id', $1, true)", [checked(userId)]);
}

/** One text, so that nothing behind it runs in no transaction or as nobody. */
function beginAs(userId: string | undefined): string {
  return userId === undefined ? 'START TRANSACTION' : `START TRANSACTION; SELECT set_config('app.user_id', '${checked(userId)}', true)`;
}

function checked(userId: string): string {
  if (!isUuid(userId)) throw new TransactionOfAnotherUser({ detail: 'The current user has no valid id' });
  return userId;
}
