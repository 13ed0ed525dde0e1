import type { WorkerDatabase } from './worker-database.js';

const HOUR_MS = 3_600_000;

/** Forgets expired claims, and events that were published more than 24 hours ago; once an hour. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly worker: WorkerDatabase) {}

  start(): void {
    this.timer = setInterval(() => void this.sweep().catch(() => undefined), HOUR_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    await this.worker.query('DELETE FROM once WHERE expires_at < clock_timestamp()');
    await this.worker.query("DELETE FROM outbox WHERE published_at < clock_timestamp() - interval '24 hours'");
  }
}
