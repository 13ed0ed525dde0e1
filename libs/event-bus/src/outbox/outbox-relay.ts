import type { Logger } from '@selfos/observability';
import { WorkerDatabase, type Subscription } from '@selfos/persistence';
import { EventBus, type BusEvent } from '../event-bus.js';
import { Wake } from '../wake.js';

interface WaitingRow {
  readonly id: string;
  readonly seq: number;
  readonly payload: BusEvent;
}

const BATCH = 200;
const POLL_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

// Rows that another relay holds are skipped, so any number of replicas share the work.
const WAITING = `SELECT id, seq, payload FROM outbox WHERE published_at IS NULL ORDER BY created_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
const PUBLISHED = 'UPDATE outbox SET published_at = clock_timestamp(), attempts = attempts + 1 WHERE id = ANY ($1)';

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
    return this.worker.run(async (manager) => {
      const rows: WaitingRow[] = await manager.query(WAITING);
      if (rows.length === 0) return 0;
      await this.bus.publish(rows.map(({ seq, payload }) => ({ ...payload, seq: Number(seq) })));
      await manager.query(PUBLISHED, [rows.map(({ id }) => id)]);
      return rows.length;
    });
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      try {
        const count = await this.relayBatch();
        this.failures = 0;
        if (count < BATCH) await this.wake.sleep(POLL_MS);
      } catch (error) {
        this.failures += 1;
        this.logger.warn('Events could not be relayed to the bus, trying again', { error, failures: this.failures });
        await this.pause();
      }
    }
  }

  /** Not cut short by new events: they would hammer a bus that is down. */
  private async pause(): Promise<void> {
    const end = Date.now() + Math.min(250 * 2 ** this.failures, LONGEST_PAUSE_MS);
    while (!this.stopped && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
