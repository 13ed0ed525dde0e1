import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { asPersistenceError } from './persistence.errors.js';

export interface Subscription {
  close(): Promise<void>;
}

const RECONNECT_MS = 1_000;
const ANSWER_MS = 5_000;

/**
 * The database as the role `<service>_worker`: may claim from `outbox`, `once` and `work`, and reads no domain table.
 * What it claims for a person is then done under that person's context through `Transaction`.
 */
export class WorkerDatabase {
  constructor(
    private readonly source: DataSource,
    private readonly url: string,
  ) {}

  /** One statement outside any transaction. UPDATE and DELETE answer `[rows, count]`, as TypeORM does. */
  async query<T = unknown>(sql: string, parameters: readonly unknown[] = []): Promise<T> {
    return this.guarded(() => this.source.query(sql, [...parameters]));
  }

  /** A transaction of its own, for nobody in particular. */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.guarded(() => this.source.transaction(work));
  }

  /**
   * Calls `wake` for every NOTIFY on the channel, and after each (re)connection, since notifications are lost while
   * nobody listens. Keeps a connection of its own and reconnects for ever, until closed.
   */
  async listen(channel: string, wake: (payload: string) => void): Promise<Subscription> {
    const listener = new Listener({ url: this.url, channel, wake });
    await listener.open();
    return listener;
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asPersistenceError(error);
    }
  }
}

interface ListenerOptions {
  readonly url: string;
  readonly channel: string;
  readonly wake: (payload: string) => void;
}

class Listener implements Subscription {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: ListenerOptions) {}

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.options.url, application_name: 'selfos listen', keepAlive: true, connectionTimeoutMillis: ANSWER_MS, query_timeout: ANSWER_MS });
    client.on('notification', (message) => this.options.wake(message.payload ?? ''));
    client.on('error', () => undefined);
    client.on('end', () => this.reopenLater());
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.options.channel)}`);
    } catch {
      await client.end().catch(() => undefined);
      return this.reopenLater();
    }
    if (this.closed) return this.close();
    this.options.wake('');
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private reopenLater(): void {
    if (this.closed || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.open();
    }, RECONNECT_MS);
    this.timer.unref();
  }
}
