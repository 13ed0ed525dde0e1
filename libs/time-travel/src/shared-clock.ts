import { Clock } from '@selfos/kernel';
import pg from 'pg';
import { ClockUnavailable } from './time-travel.errors.js';

const TABLE = `CREATE TABLE IF NOT EXISTS selfos_clock (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), offset_ms bigint NOT NULL)`;
const MOVE = `INSERT INTO selfos_clock (offset_ms) VALUES ($1)
  ON CONFLICT (only_row) DO UPDATE SET offset_ms = greatest(selfos_clock.offset_ms, excluded.offset_ms) RETURNING offset_ms`;
const POLL_MS = 1000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10_000;
const ANSWER_MS = 5_000;

/**
 * Real time plus an offset that all processes share. Its readers follow a move within milliseconds, at worst after a second. While the
 * database is away the last offset stands; the clock connects again for ever, until it is closed.
 */
export class SharedClock extends Clock {
  private offset = 0;
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private retryMs = FIRST_RETRY_MS;
  private closed = false;

  private constructor(private readonly databaseUrl: string) {
    super();
  }

  /** Connects, creates the row's table when it is not there, and starts to follow. */
  static async open(databaseUrl: string): Promise<SharedClock> {
    const clock = new SharedClock(databaseUrl);
    await clock.connect();
    return clock;
  }

  nowMs(): number {
    return Date.now() + this.offset;
  }

  get offsetMs(): number {
    return this.offset;
  }

  /**
   * Moves domain time in every process to at least `to`; an instant that is already past changes nothing, so that it can be asked again.
   * @throws ClockUnavailable while the database is away
   */
  async moveTo(to: Date): Promise<void> {
    const offset = Math.round(to.getTime() - Date.now());
    const { client } = this;
    if (client === undefined) throw new ClockUnavailable();
    try {
      const { rows } = await client.query<{ offset_ms: string }>(MOVE, [offset]);
      this.follow(Number(rows[0]?.offset_ms ?? offset));
      await client.query(`SELECT pg_notify('selfos_clock', $1)`, [String(this.offset)]);
    } catch (cause) {
      throw new ClockUnavailable({ cause });
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'selfos-clock', keepAlive: true, connectionTimeoutMillis: ANSWER_MS, query_timeout: ANSWER_MS });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', (message) => this.follow(Number(message.payload)));
    try {
      await client.connect();
      await createTable(client);
      await client.query('LISTEN selfos_clock');
      await this.read(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.closed) return client.end();
    this.client = client;
    this.retryMs = FIRST_RETRY_MS;
    this.poll(client);
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    this.connectLater();
  }

  private connectLater(): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.connect().catch(() => this.connectLater()), this.retryMs);
    this.timer.unref();
    this.retryMs = Math.min(LAST_RETRY_MS, this.retryMs * 2);
  }

  private follow(offset: number): void {
    if (Number.isFinite(offset) && offset > this.offset) this.offset = offset;
  }

  private async read(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ offset_ms: string }>('SELECT offset_ms FROM selfos_clock');
    this.follow(Number(rows[0]?.offset_ms ?? 0));
  }

  private poll(client: pg.Client): void {
    this.timer = setTimeout(() => {
      this.read(client).then(
        () => this.client === client && !this.closed && this.poll(client),
        () => this.lost(client),
      );
    }, POLL_MS);
    this.timer.unref();
  }
}

/** Two processes may create the table at the same instant; PostgreSQL lets one of them fail. */
async function createTable(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock(7302214)');
  try {
    await client.query(TABLE);
  } finally {
    await client.query('SELECT pg_advisory_unlock(7302214)');
  }
}
