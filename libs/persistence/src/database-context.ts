import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import { NoTransaction } from './persistence.errors.js';

export interface AmbientTransaction {
  readonly manager: EntityManager;
  /** Whom the database lets see their rows; changes once at most, from nobody to the person who is being made. */
  userId: string | undefined;
  /** True where the person cannot change any more. */
  readonly fixed?: boolean;
}

/** Gives repositories the EntityManager of the transaction that they are called in. */
export class DatabaseContext {
  private readonly storage = new AsyncLocalStorage<AmbientTransaction | undefined>();

  /** The EntityManager of the current transaction; throws NoTransaction outside one. */
  manager(): EntityManager {
    const current = this.storage.getStore();
    if (current === undefined) throw new NoTransaction();
    return current.manager;
  }

  current(): AmbientTransaction | undefined {
    return this.storage.getStore();
  }

  enter<T>(transaction: AmbientTransaction, work: () => Promise<T>): Promise<T> {
    return this.storage.run(transaction, work);
  }
}
