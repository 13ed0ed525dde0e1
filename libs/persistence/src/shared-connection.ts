import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isUuid } from '@selfos/kernel';
import { BatchOver, TransactionOfAnotherUser } from './persistence.errors.js';
import { asksOf, type PreparedClient } from './prepared-client.js';

const SET_USER = "SELECT set_config('app.user_id', $1, true)";

/**
 * One connection in one transaction, shared by the work of many people. Each statement runs as the person it is for, because it is sent
 * right behind the setting of that person, with nothing in between; so the work of different people may run side by side, and what they
 * ask within one turn of the event loop leaves as one packet.
 */
export class SharedConnection {
  private readonly managers = new Map<string, EntityManager>();
  private person = '';
  private over = false;

  constructor(
    private readonly database: DataSource,
    private readonly client: PreparedClient,
  ) {}

  /** Runs statements as this person; as nobody without one. */
  managerFor(userId: string | undefined): EntityManager {
    if (userId !== undefined && !isUuid(userId)) throw new TransactionOfAnotherUser({ detail: 'The current user has no valid id' });
    const person = userId ?? '';
    const manager = this.managers.get(person) ?? this.madeManager(person);
    this.managers.set(person, manager);
    return manager;
  }

  /** Takes no statement more: whatever still runs of the work can change nothing. */
  end(): void {
    this.over = true;
  }

  private madeManager(person: string): EntityManager {
    const runner: QueryRunner = this.database.createQueryRunner();
    // in the transaction of the batch
    asksOf(runner, { query: (text, values) => this.query(person, text, values) });
    return runner.manager;
  }

  private async query(person: string, text: string, values: readonly unknown[] = []): Promise<unknown> {
    if (this.over) throw new BatchOver();
    if (text.startsWith('SAVEPOINT')) throw new BatchOver({ detail: 'Work in a batch has no transactions of its own' });
    if (person !== this.person) {
      this.person = person;
      // when this fails so does the statement behind it, and says so
      this.client.query(SET_USER, [person]).catch(() => undefined);
    }
    return this.client.query(text, values);
  }
}
