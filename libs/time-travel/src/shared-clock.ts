import { Clock } from '@selfos/kernel';
import pg from 'pg';

const TABLE = `CREATE TABLE IF NOT EXISTS selfos_clock (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), offset_ms bigint NOT NULL)`;
const MOVE = `INSERT INTO selfos_clock (offset_ms) VALUES ($1)
  ON CONFLICT (only_row) DO UPDATE SET offset_ms = greatest(selfos_clock.offset_ms, excluded.offset_ms) RETURNING offset_ms`;
const POLL_MS = 1000;

/** Real time plus an offset that all processes share. Its readers follow a move within milliseconds, at worst after a second. */
export class SharedClock extends Clock {
  private offset = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(private readonly client: pg.Client) {
    super();
  }

  /** Connects, creates the row's table when it is not there, and starts to follow. */
  static async open(databaseUrl: string): Promise<SharedClock> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'selfos-clock' });
    const clock = new SharedClock(client);
    client.on('error', () => undefined); // a lost connection freezes the offset; real time goes on
    client.on('notification', (message) => clock.follow(Number(message.payload)));
    await client.connect();
    await createTable(client);
    await client.query('LISTEN selfos_clock');
    await clock.read();
    clock.poll();
    return clock;
  }

  nowMs(): number {
    return Date.now() + this.offset;
  }

  get offsetMs(): number {
    return this.offset;
  }

  /** Moves domain time in every process to at least `to`; an instant that is already past changes nothing, so that it can be asked again. */
  async moveTo(to: Date): Promise<void> {
    const offset = Math.round(to.getTime() - Date.now());
    const { rows } = await this.client.query<{ offset_ms: string }>(MOVE, [offset]);
    this.follow(Number(rows[0]?.offset_ms ?? offset));
    await this.client.query(`SELECT pg_notify('selfos_clock', $1)`, [String(this.offset)]);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client.end();
  }

  private follow(offset: number): void {
    if (Number.isFinite(offset) && offset > this.offset) this.offset = offset;
  }

  private async read(): Promise<void> {
    const { rows } = await this.client.query<{ offset_ms: string }>('SELECT offset_ms FROM selfos_clock');
    this.follow(Number(rows[0]?.offset_ms ?? 0));
  }

  private poll(): void {
    this.timer = setTimeout(() => {
      void this.read()
        .catch(() => undefined)
        .finally(() => this.closed || this.poll());
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
