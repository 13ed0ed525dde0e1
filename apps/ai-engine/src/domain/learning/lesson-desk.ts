import type { Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import type { LessonStore } from '../ports/lesson-store.js';
import type { LessonBook } from './lesson-book.js';
import type { Lesson } from './lessons.js';

/** A lesson that could not be learned, by the code of the error. */
export interface Fault {
  readonly id: Uuid;
  readonly fault: string;
}

/** Hands out a batch of lessons and takes back what became of it. */
export class LessonDesk {
  constructor(
    private readonly store: LessonStore,
    private readonly book: LessonBook,
    private readonly transaction: Transaction,
  ) {}

  /** Those that wait, in the order in which they came; what comes from now on belongs to the next batch. */
  take(userId: Uuid, batch: number): Promise<readonly Lesson[]> {
    return this.transaction.run(async () => {
      await this.store.close(userId, batch);
      return this.store.waiting(userId);
    });
  }

  /** What failed is kept, and tried again with the next batch, twice at most; so is what was too much for this one. */
  async settle(userId: Uuid, learned: readonly Uuid[], faults: readonly Fault[]): Promise<void> {
    await this.transaction.run(async () => {
      await this.store.learned(userId, learned);
      for (const { id, fault } of faults) await this.store.failed(userId, id, fault);
      if ((await this.store.waiting(userId)).length > 0) await this.book.add(userId);
    });
  }
}
