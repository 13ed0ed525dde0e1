import type { EntityManager } from 'typeorm';
import type { Logger } from '@selfos/observability';
import { WorkerDatabase, type Subscription } from '@selfos/persistence';
import { EventBus, WrittenEvent } from '../event-bus.js';
import { Wake } from '../wake.js';

interface WaitingRow {
  readonly id: string;
  readonly type: string;
  readonly json: string;
}

const BATCH = 256;
const POLL_MS = 1_000;
/** From the beginning of a batch to that of the next, unless it was full: what happens in quick succession travels, and is handled, together. */
const PACE_MS = 100;
const LONGEST_PAUSE_MS = 15_000;

// Rows that another relay holds are skipped, so any number of replicas share the work.
// What is kept as JSON leaves as JSON, unread.
const WAITING = `SELECT id, type, (payload || jsonb_build_object('seq', seq))::text AS json FROM outbox WHERE published_at IS NULL ORDER BY created_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
const PUBLISHED = 'UPDATE outbox SET published_at = clock_timestamp(), attempts = attempts + 1 WHERE id = ANY ($1)';

// The life of the bus that this service's events went into. Whoever publishes shares the row until its batch is marked, so that a change
// finds every batch marked. A new life gets the last 15 minutes before its beginning again: what was lost is among them.
const LIFE = `SELECT result->>'epoch' AS epoch FROM once WHERE scope = 'relay' AND key = 'bus'`;
const FIRST_LIFE = `
  INSERT INTO once (scope, key, state, result, expires_at) VALUES ('relay', 'bus', 'done', jsonb_build_object('epoch', $1::text), 'infinity')
  ON CONFLICT (scope, key) DO NOTHING`;
const NEW_LIFE = `UPDATE once SET result = jsonb_build_object('epoch', $1::text) WHERE scope = 'relay' AND key = 'bus'`;
const LAST = 'SELECT max(published_at)::text AS at FROM outbox';
// Few enough for the time limit of one statement; what is left is found by the next.
const AGAIN_AT_ONCE = 5_000;
const AGAIN = `
  WITH again AS (
    UPDATE outbox SET published_at = NULL
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM outbox WHERE published_at > $1::timestamptz - interval '15 minutes' LIMIT $2)) RETURNING 1)
  SELECT count(*)::int AS count FROM again`;

/**
 * Carries committed events from the service's outbox to the bus, at least once: a row is marked after the bus has it. While the bus
 * cannot be reached, events wait in the outbox and requests go on.
 */
export class OutboxRelay {
  private readonly wake = new Wake();
  private listening: Subscription | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;
  private failures = 0;

  constructor(
    private readonly worker: WorkerDatabase,
    private readonly bus: EventBus,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.listening = await this.worker.listen('outbox', () => this.wake.call());
    this.running = this.loop();
  }

  /** Finishes the batch at hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake.call();
    await this.running;
    await this.listening?.close();
  }

  /** Publishes one batch; says how many events it had. */
  async relayBatch(): Promise<number> {
    const epoch = await this.bus.epoch();
    const count = await this.worker.run(async (manager) => {
      const [life, rows] = await Promise.all([knownLife(manager, 'SHARE'), manager.query<WaitingRow[]>(WAITING)]);
      return life === epoch ? this.publishBatch(manager, rows) : undefined;
    });
    if (count !== undefined) return count;
    await this.enter(epoch);
    return BATCH;
  }

  private async publishBatch(manager: EntityManager, rows: readonly WaitingRow[]): Promise<number> {
    if (rows.length === 0) return 0;
    await this.bus.publish(rows.map(({ id, type, json }) => new WrittenEvent(id, type, json)));
    await manager.query(PUBLISHED, [rows.map(({ id }) => id)]);
    return rows.length;
  }

  /** The bus began a new life: what it may have lost is to be published again, once, whichever relay notices. */
  private async enter(epoch: string): Promise<void> {
    await this.worker.run(async (manager) => {
      await manager.query(FIRST_LIFE, [epoch]);
      if ((await knownLife(manager, 'UPDATE')) === epoch) return;
      const count = await publishAgain(manager);
      await manager.query(NEW_LIFE, [epoch]);
      this.logger.warn('The event bus was restarted; events of the last 15 minutes are published again', { count });
    });
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      const began = performance.now();
      try {
        const count = await this.relayBatch();
        this.failures = 0;
        if (count < BATCH) await this.untilNext(began);
      } catch (error) {
        this.failures += 1;
        this.logger.warn('Events could not be relayed to the bus, trying again', { error, failures: this.failures });
        await this.pause();
      }
    }
  }

  private async untilNext(began: number): Promise<void> {
    await this.wake.sleep(POLL_MS);
    const left = PACE_MS - (performance.now() - began);
    if (left > 0 && !this.stopped) await new Promise((resolve) => setTimeout(resolve, left));
  }

  /** Not cut short by new events: they would hammer a bus that is down. */
  private async pause(): Promise<void> {
    const end = Date.now() + Math.min(250 * 2 ** this.failures, LONGEST_PAUSE_MS);
    while (!this.stopped && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function knownLife(manager: EntityManager, lock: 'SHARE' | 'UPDATE'): Promise<string | undefined> {
  const [row]: { epoch: string }[] = await manager.query(`${LIFE} FOR ${lock}`);
  return row?.epoch;
}

async function publishAgain(manager: EntityManager): Promise<number> {
  const [last]: { at: string | null }[] = await manager.query(LAST);
  for (let total = 0; ; ) {
    const [again]: { count: number }[] = await manager.query(AGAIN, [last?.at ?? null, AGAIN_AT_ONCE]);
    total += again?.count ?? 0;
    if ((again?.count ?? 0) < AGAIN_AT_ONCE) return total;
  }
}
