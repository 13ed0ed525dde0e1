import { AsyncLocalStorage } from 'node:async_hooks';
import { Transaction } from '@selfos/persistence';
import type { InMemoryJobs, StoredJob } from './in-memory-jobs.js';

/** For specs: undoes the changes to jobs made inside `run` when it throws. Other in-memory stores are not undone. */
export class InMemoryWorkTransaction extends Transaction {
  private readonly journal = new AsyncLocalStorage<Map<string, StoredJob | undefined>>();

  constructor(private readonly jobs: InMemoryJobs) {
    super();
    jobs.onWrite((id, before) => {
      const journal = this.journal.getStore();
      if (journal !== undefined && !journal.has(id)) journal.set(id, before);
    });
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.journal.getStore() !== undefined) return work();
    const journal = new Map<string, StoredJob | undefined>();
    try {
      return await this.journal.run(journal, work);
    } catch (error) {
      for (const [id, before] of journal) this.jobs.restore(id, before);
      throw error;
    }
  }
}
