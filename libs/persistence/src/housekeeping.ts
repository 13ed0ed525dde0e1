import type { Logger } from '@selfos/observability';
import type { WorkerDatabase } from './worker-database.js';

/** Rows that may go: a table of the service, and the condition under which one of its rows is over. Both are SQL, written in code. */
export interface Sweep {
  readonly table: string;
  readonly over: string;
}

export interface HousekeepingParts {
  /** What the service forgets besides what every service does; the worker role must be allowed to see and delete those rows. */
  readonly sweeps?: readonly Sweep[];
  readonly logger?: Pick<Logger, 'error'> | undefined;
  /** Rows that one statement deletes: few enough for its time limit and for those who wait for their locks. */
  readonly batch?: number;
}

const EVERY_SERVICE: readonly Sweep[] = [
  { table: 'once', over: 'expires_at < clock_timestamp()' },
  { table: 'outbox', over: "published_at < clock_timestamp() - interval '24 hours'" },
];
const BATCH = 1_000;
/** A sweep leaves the rest to the next one. */
const MOST_BATCHES = 500;
const HOUR_MS = 3_600_000;
/** Soon after the start, and not in all replicas at once: a service that never runs for an hour has to tidy up too. */
const FIRST_MS = 30_000;

/** Forgets expired claims, events that were published more than 24 hours ago and what the service says is over; once an hour. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly worker: Pick<WorkerDatabase, 'query'>,
    private readonly parts: HousekeepingParts = {},
  ) {}

  start(): void {
    this.next(FIRST_MS * (1 + Math.random()));
  }

  /** Resolves when the batch under way is done. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Deletes what is over, batch by batch. A table that cannot be swept is logged and keeps none of the others from it. */
  async sweep(): Promise<void> {
    for (const one of [...EVERY_SERVICE, ...(this.parts.sweeps ?? [])]) {
      try {
        await this.sweepOne(one);
      } catch (error) {
        this.parts.logger?.error('old rows could not be deleted', { table: one.table, error });
      }
    }
  }

  private next(inMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep();
      void this.running.then(() => this.stopping || this.next(HOUR_MS));
    }, inMs);
    this.timer.unref();
  }

  private async sweepOne({ table, over }: Sweep): Promise<void> {
    const batch = this.parts.batch ?? BATCH;
    const sql = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${over} LIMIT ${batch}))`;
    for (let done = 0; done < MOST_BATCHES && !this.stopping; done += 1) {
      const [, count] = await this.worker.query<[unknown, number]>(sql);
      if (count < batch) return;
    }
  }
}
