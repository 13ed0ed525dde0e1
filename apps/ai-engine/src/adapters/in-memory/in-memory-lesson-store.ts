import type { Uuid } from '@selfos/kernel';
import type { Lesson } from '../../domain/learning/lessons.js';
import { LessonStore } from '../../domain/ports/lesson-store.js';

interface Kept {
  readonly lesson: Lesson;
  readonly failures: number;
  readonly fault: string | undefined;
}

const MOST_FAILURES = 3;
const MOST_AT_ONCE = 200;

/** For specs. */
export class InMemoryLessonStore extends LessonStore {
  private readonly lessons = new Map<string, Kept>();
  private readonly batches = new Map<Uuid, { batch: number; booked: boolean }>();

  add(userId: Uuid, lesson?: Lesson): Promise<number | undefined> {
    const open = this.batches.get(userId) ?? { batch: 1, booked: false };
    if (lesson !== undefined && !this.lessons.has(`${userId}/${lesson.id}`)) this.lessons.set(`${userId}/${lesson.id}`, { lesson, failures: 0, fault: undefined });
    this.batches.set(userId, { ...open, booked: true });
    return Promise.resolve(open.booked ? undefined : open.batch);
  }

  close(userId: Uuid, batch: number): Promise<void> {
    if (this.batches.get(userId)?.batch === batch) this.batches.set(userId, { batch: batch + 1, booked: false });
    return Promise.resolve();
  }

  waiting(userId: Uuid): Promise<readonly Lesson[]> {
    const mine = [...this.lessons].filter(([key, { failures }]) => key.startsWith(`${userId}/`) && failures < MOST_FAILURES);
    return Promise.resolve(mine.map(([, { lesson }]) => lesson).slice(0, MOST_AT_ONCE));
  }

  learned(userId: Uuid, ids: readonly Uuid[]): Promise<void> {
    for (const id of ids) this.lessons.delete(`${userId}/${id}`);
    return Promise.resolve();
  }

  failed(userId: Uuid, id: Uuid, fault: string): Promise<void> {
    const kept = this.lessons.get(`${userId}/${id}`);
    if (kept !== undefined) Object.assign(kept, { failures: kept.failures + 1, fault });
    return Promise.resolve();
  }

  faultOf(userId: Uuid, id: Uuid): { readonly failures: number; readonly fault: string | undefined } | undefined {
    const kept = this.lessons.get(`${userId}/${id}`);
    return kept === undefined ? undefined : { failures: kept.failures, fault: kept.fault };
  }
}
