import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { lesson, type Lesson } from '../../domain/learning/lessons.js';
import { LessonStore } from '../../domain/ports/lesson-store.js';

/** The first try and two more. */
const MOST_FAILURES = 3;
const MOST_AT_ONCE = 200;

const ENSURE = 'INSERT INTO lesson_batches (user_id) VALUES ($1) ON CONFLICT DO NOTHING';
const OPEN = 'SELECT batch, booked FROM lesson_batches WHERE user_id = $1 FOR UPDATE';
const ADD = 'INSERT INTO lessons (user_id, id, lesson) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
const CLOSE = 'UPDATE lesson_batches SET batch = batch + 1, booked = false WHERE user_id = $1 AND batch = $2';
const WAITING = `SELECT lesson FROM lessons WHERE user_id = $1 AND failures < ${MOST_FAILURES} ORDER BY place LIMIT ${MOST_AT_ONCE}`;
const FAILED = 'UPDATE lessons SET failures = failures + 1, fault = $3 WHERE user_id = $1 AND id = $2';

/** Rows of PostgreSQL. Whoever adds to a batch and whoever closes it come one after the other, so no lesson falls between two batches. */
export class TypeormLessonStore extends LessonStore {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async add(userId: Uuid, added?: Lesson): Promise<number | undefined> {
    await this.rows(ENSURE, [userId]);
    const [open] = await this.rows<{ batch: number; booked: boolean }>(OPEN, [userId]);
    if (added !== undefined) await this.rows(ADD, [userId, added.id, JSON.stringify(added)]);
    if (open === undefined || open.booked) return undefined;
    await this.rows('UPDATE lesson_batches SET booked = true WHERE user_id = $1', [userId]);
    return open.batch;
  }

  override async close(userId: Uuid, batch: number): Promise<void> {
    await this.rows(CLOSE, [userId, batch]);
  }

  override async waiting(userId: Uuid): Promise<readonly Lesson[]> {
    return (await this.rows<{ lesson: unknown }>(WAITING, [userId])).map((row) => lesson.parse(row.lesson));
  }

  override async learned(userId: Uuid, ids: readonly Uuid[]): Promise<void> {
    await this.rows('DELETE FROM lessons WHERE user_id = $1 AND id = ANY($2)', [userId, ids]);
  }

  override async failed(userId: Uuid, id: Uuid, fault: string): Promise<void> {
    await this.rows(FAILED, [userId, id, fault]);
  }

  private rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return this.database.manager().query<T[]>(sql, [...values]);
  }
}
