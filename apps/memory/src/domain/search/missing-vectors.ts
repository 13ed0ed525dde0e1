import type { Clock, Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import type { Work } from '@selfos/work';

export const EMBED_MISSING = 'memory.embed-missing';

/** Books the embedding of memories that have no vector of the model in use: after it was changed, all of them. */
export class MissingVectors {
  constructor(
    private readonly work: Work,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** Once for each version of a person's memories and each model. */
  async book(userId: Uuid, model: string, version: number): Promise<void> {
    const job = { kind: EMBED_MISSING, key: `${userId}/${model}/${version}`, userId, runAt: this.clock.now() };
    await this.transaction.run(() => this.work.enqueue(job));
  }
}
