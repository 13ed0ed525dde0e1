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

  /** All that wait, in the order in which they came; what comes from now on belongs to the next batch. */
  take(userId: Uuid, batch: number): Promise<readonly Lesson[]> {
    return this.transaction.run(async () => {
      await this.store.close(userId, batch);
      return this.store.waiting(userId);
    });
  }

  /** What failed is kept, and tried again with the next batch, twice at most. */
  async settle(userId: Uuid, learned: readonly Uuid[], faults: readonly Fault[]): Promise<void> {
    await this.transaction.run(async () => {
      await this.store.learned(userId, learned);
      const again = await Promise.all(faults.map(({ id, fault }) => this.store.failed(userId, id, fault)));
      if (again.includes(true)) await this.book.add(userId);
    });
  }
}
