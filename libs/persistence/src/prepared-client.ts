import { createHash } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { TransactionOver } from './persistence.errors.js';

/** What we use of a client of `pg` that sends what it is given without waiting for what it has sent (`pipeline`). */
interface PipelinedClient {
  query(statement: { readonly text: string; readonly values?: readonly unknown[]; readonly name?: string }): Promise<unknown>;
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

/** The names of a connection's prepared statements; a bounded number, the rest goes unprepared. */
type Names = Map<string, string>;

const MOST_PREPARED = 100;

/** One connection: prepares the statements that come again, and sends as one packet what it is asked within one turn of the event loop. */
export class PreparedClient {
  private corked = false;

  constructor(
    private readonly client: PipelinedClient,
    private readonly names: Names,
  ) {}

  /** Statements without values go as they are, also several in one text. */
  query(text: string, values: readonly unknown[] = []): Promise<unknown> {
    this.gather();
    return this.client.query(values.length === 0 ? { text } : this.named(text, values));
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
    let name = this.names.get(text);
    if (name === undefined && this.names.size < MOST_PREPARED) {
      name = nameOf(text);
      this.names.set(text, name);
    }
    return name === undefined ? { text, values } : { text, values, name };
  }
}

/** Knows what the connections of one pool have prepared. */
export class PreparedClients {
  private readonly names = new WeakMap<PipelinedClient, Names>();

  /** The connection that the runner holds until it is released. */
  async of(runner: QueryRunner): Promise<PreparedClient> {
    const client: PipelinedClient = await runner.connect();
    const names = this.names.get(client) ?? new Map<string, string>();
    this.names.set(client, names);
    return new PreparedClient(client, names);
  }
}

/** What a runner that is in a transaction already asks, until it is over. */
export interface Asking {
  /** From now on it asks nothing more: whatever still runs of the work can change nothing. */
  end(): void;
}

/** Lets a runner that is in a transaction already ask this client. */
export function asksOf(runner: QueryRunner, client: Pick<PreparedClient, 'query'>): Asking {
  let over = false;
  const query = async (text: string, values?: readonly unknown[]): Promise<unknown> => {
    if (over) throw new TransactionOver();
    return client.query(text, values);
  };
  const { databaseConnection: held } = runner as QueryRunner & { readonly databaseConnection?: NodeJS.EventEmitter };
  // by this the runner gives the connection back
  const removeListener = held?.removeListener.bind(held);
  Object.assign(runner, { databaseConnection: { query, removeListener }, isTransactionActive: true, transactionDepth: 1 });
  return { end: () => void (over = true) };
}

/**
 * A name that is this text's and no other's, whoever else prepares statements on the connection: a setting of the person that the client
 * refused to send would leave the statement behind it to the person before.
 */
function nameOf(text: string): string {
  return `selfos_${createHash('sha256').update(text).digest('base64url')}`;
}
