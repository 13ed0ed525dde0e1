import type { Claim } from '../domain/job.js';
import type { WorkStore } from '../domain/work-store.js';
import { LeaseLost } from '../domain/work.errors.js';

interface Ending {
  readonly claim: Claim;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Ends jobs that have nothing to commit: those that end within one turn of the event loop in one statement. */
export class Finisher {
  private waiting: Ending[] = [];

  constructor(private readonly store: WorkStore) {}

  /** Resolves when the job is done; rejects with `LeaseLost` when it was no longer ours. */
  finish(claim: Claim): Promise<void> {
    return new Promise((done, failed) => {
      if (this.waiting.length === 0) setImmediate(() => void this.flush());
      this.waiting.push({ claim, done, failed });
    });
  }

  private async flush(): Promise<void> {
    const endings = this.waiting;
    this.waiting = [];
    try {
      const ended = await this.store.finishAll(endings.map(({ claim }) => claim));
      for (const { claim, done, failed } of endings) {
        if (ended.has(claim.id)) done();
        else failed(new LeaseLost());
      }
    } catch (error) {
      for (const { failed } of endings) failed(error);
    }
  }
}
