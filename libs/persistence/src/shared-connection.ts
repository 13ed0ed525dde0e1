import { createHash } from 'node:crypto';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isUuid } from '@selfos/kernel';
import { BatchOver, TransactionOfAnotherUser } from './persistence.errors.js';

/** What we use of a client of `pg` that sends what it is given without waiting for what it has sent (`pipeline`). */
export interface PipelinedClient {
  query(statement: { readonly text: string; readonly values?: readonly unknown[]; readonly name?: string }): Promise<unknown>;
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

/** The names of statements that a connection has prepared; a bounded number, the rest goes unprepared. */
export type Prepared = Map<string, string>;

const MOST_PREPARED = 100;
const SET_USER = "SELECT set_config('app.user_id', $1, true)";

/**
 * One connection in one transaction, shared by the work of many people. Each statement runs as the person it is for, because it is sent
 * right behind the setting of that person, with nothing in between; so the work of different people may run side by side, and what they
 * ask within one turn of the event loop leaves as one packet.
 */
export class SharedConnection {
  private readonly managers = new Map<string, EntityManager>();
  private person = '';
  private corked = false;
  private over = false;

  constructor(
    private readonly database: DataSource,
    private readonly client: PipelinedClient,
    private readonly prepared: Prepared,
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
    const databaseConnection = { query: (text: string, values?: readonly unknown[]) => this.query(person, text, values) };
    // in a transaction already, that of the batch
    Object.assign(runner, { databaseConnection, isTransactionActive: true, transactionDepth: 1 });
    return runner.manager;
  }

  private async query(person: string, text: string, values: readonly unknown[] = []): Promise<unknown> {
    if (this.over) throw new BatchOver();
    if (text.startsWith('SAVEPOINT')) throw new BatchOver({ detail: 'Work in a batch has no transactions of its own' });
    this.gather();
    if (person !== this.person) {
      this.person = person;
      // when this fails so does the statement behind it, and says so
      this.client.query(this.named(SET_USER, [person])).catch(() => undefined);
    }
    return this.client.query(this.named(text, values));
  }

  private gather(): void {
    if (this.corked) return;
    this.corked = true;
    const { stream } = this.client.connection;
    stream.cork();
    setImmediate(() => {
      this.corked = false;
      stream.uncork();
    });
  }

  private named(text: string, values: readonly unknown[]): { readonly text: string; readonly values: readonly unknown[]; readonly name?: string } {
    let name = this.prepared.get(text);
    if (name === undefined && this.prepared.size < MOST_PREPARED) {
      name = nameOf(text);
      this.prepared.set(text, name);
    }
    return name === undefined ? { text, values } : { text, values, name };
  }
}

/**
 * A name that is this text's and no other's, whoever else prepares statements on the connection: a setting of the person that the client
 * refused to send would leave the statement behind it to the person before.
 */
function nameOf(text: string): string {
  return `batch_${createHash('sha256').update(text).digest('base64url')}`;
}
