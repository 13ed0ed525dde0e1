import type { Clock, Uuid } from '@selfos/kernel';
import type { Work } from '@selfos/work';
import type { LessonStore } from '../ports/lesson-store.js';
import { LEARN, type Lesson } from './lessons.js';

export interface BookTerms {
  readonly work: Work;
  readonly clock: Clock;
  /** How long a batch stays open. */
  readonly windowMs: number;
}

/**
 * Books what is to be learned, in the transaction of the event that brought it. What comes of one person within a short while is one
 * batch and one job; whoever waits for an answer waits for none of it.
 */
export class LessonBook {
  constructor(
    private readonly store: LessonStore,
    private readonly terms: BookTerms,
  ) {}

  /** Adds a lesson; without one, books another try of those that wait. */
  async add(userId: Uuid, lesson?: Lesson): Promise<void> {
    const batch = await this.store.add(userId, lesson);
    if (batch === undefined) return;
    const { work, clock, windowMs } = this.terms;
    const runAt = new Date(clock.nowMs() + windowMs);
    await work.enqueue({ kind: LEARN, key: `${userId}/${batch}`, userId, runAt, payload: { batch } });
  }
}
