import type { Uuid } from '@selfos/kernel';
import type { Lesson } from '../learning/lessons.js';

/** Lessons that wait, in batches of one person each. Joins the ambient transaction. */
export abstract class LessonStore {
  /** Adds a lesson to the person's open batch, once; none adds nothing. Resolves to the batch's number when nobody has booked it yet: the caller does. */
  abstract add(userId: Uuid, lesson?: Lesson): Promise<number | undefined>;

  /** What comes from now on belongs to the next batch. */
  abstract close(userId: Uuid, batch: number): Promise<void>;

  /** Those that wait, oldest first, as many as are learned at once; without those that failed too often. */
  abstract waiting(userId: Uuid): Promise<readonly Lesson[]>;

  abstract learned(userId: Uuid, ids: readonly Uuid[]): Promise<void>;

  /** It could not be learned: kept with the error's code, and how often. */
  abstract failed(userId: Uuid, id: Uuid, fault: string): Promise<void>;
}
