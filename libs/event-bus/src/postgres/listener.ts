import pg from 'pg';
import type { Logger } from '@selfos/observability';
import type { Wake } from '../wake.js';
import { BUS_CHANNEL, GROUP_LOCK } from './bus-schema.js';

const RECONNECT_MS = 1_000;

/** One connection that hears NOTIFY and wakes all subscriptions. While it is lost, they poll. */
export class Listener {
  private readonly wakes = new Set<Wake>();
  private readonly groups = new Set<string>();
  private client: pg.Client | undefined;
  private starting: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pulse: NodeJS.Timeout | undefined;
  private stopped = false;
  private pid: number | undefined;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
    private readonly silenceMs: number,
  ) {}

  /**
   * The server process of the connection: it ends when this process does, which is how others see that it died. Undefined while the
   * connection is lost: what is claimed under the old one would be taken for a dead process's.
   */
  get processId(): number | undefined {
    return this.pid;
  }

  start(): Promise<void> {
    this.starting ??= this.connect().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  /** Shows that somebody consumes for this group, for as long as this process lives. */
  async standFor(group: string): Promise<void> {
    if (this.groups.has(group)) return;
    this.groups.add(group);
    if (this.client !== undefined) await lockGroup(this.client, group);
  }

  add(wake: Wake): void {
    this.wakes.add(wake);
  }

  remove(wake: Wake): void {
    this.wakes.delete(wake);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.pulse);
    await this.starting?.catch(() => undefined);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const limits = { connectionTimeoutMillis: this.silenceMs, query_timeout: this.silenceMs, keepAlive: true };
    const client = new pg.Client({ connectionString: this.url, application_name: 'selfos bus listen', ...limits });
    client.on('notification', () => this.wakeAll());
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, undefined));
    try {
      await client.connect();
      await client.query(`LISTEN ${BUS_CHANNEL}`);
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      for (const group of this.groups) await lockGroup(client, group);
      if (this.stopped) return await client.end();
      this.client = client;
      this.pid = rows[0]?.pid;
      this.feelPulse(client);
      this.wakeAll();
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
  }

  /** A connection that only listens does not notice that nothing comes through any more: it is asked now and then. */
  private feelPulse(client: pg.Client): void {
    this.pulse = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.client === client && this.feelPulse(client),
        (error: unknown) => this.lost(client, error),
      );
    }, this.silenceMs).unref();
  }

  private lost(client: pg.Client, error: unknown): void {
    if (this.stopped || this.client !== client) return;
    clearTimeout(this.pulse);
    this.client = undefined;
    this.pid = undefined;
    this.logger.warn('The event bus listener lost its connection', { error });
    client.end().catch(() => undefined);
    this.reconnectLater();
  }

  private reconnectLater(): void {
    this.timer = setTimeout(() => {
      if (this.stopped) return;
      this.connect().catch(() => this.reconnectLater());
    }, RECONNECT_MS);
  }

  private wakeAll(): void {
    for (const wake of this.wakes) wake.call();
  }
}

async function lockGroup(client: pg.Client, group: string): Promise<void> {
  await client.query(`SELECT pg_advisory_lock_shared(${GROUP_LOCK})`, [group]);
}
