import { DatabaseContext } from '@selfos/persistence';
import type { FollowedTask } from '../../domain/reminders/followed-task.js';
import { FollowedTaskRepository } from '../../domain/reminders/followed-task.repository.js';
import { FollowedTaskRow, toFollowedTask, toRow } from './followed-task.row.js';

// A lock on the id and not on the row: of a task that is new, or known only by an occurrence, there is no row yet.
const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 8005))';

const SAVE_OCCURRENCE = `
  INSERT INTO task_occurrences AS o (user_id, task_id, local_date, seq, done) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (user_id, task_id, local_date) DO UPDATE SET seq = excluded.seq, done = excluded.done WHERE o.seq < excluded.seq
  RETURNING task_id`;

const DONE_DATES = 'SELECT local_date::text AS local_date FROM task_occurrences WHERE user_id = $1 AND task_id = $2 AND local_date >= $3 AND done';

export class TypeormFollowedTaskRepository extends FollowedTaskRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async findLocked(userId: string, taskId: string): Promise<FollowedTask | undefined> {
    await this.database.manager().query(LOCK, [taskId]);
    const row = await this.database.manager().getRepository(FollowedTaskRow).findOneBy({ userId, taskId });
    return row === null ? undefined : toFollowedTask(row);
  }

  async save(task: FollowedTask): Promise<void> {
    await this.database.manager().getRepository(FollowedTaskRow).upsert({ ...toRow(task), title: task.title }, ['userId', 'taskId']);
  }

  async saveOccurrence(userId: string, occurrence: { taskId: string; localDate: string; seq: number; done: boolean }): Promise<boolean> {
    const { taskId, localDate, seq, done } = occurrence;
    const rows = await this.database.manager().query<unknown[]>(SAVE_OCCURRENCE, [userId, taskId, localDate, seq, done]);
    return rows.length > 0;
  }

  async doneDates(userId: string, taskId: string, from: string): Promise<ReadonlySet<string>> {
    const rows = await this.database.manager().query<{ local_date: string }[]>(DONE_DATES, [userId, taskId, from]);
    return new Set(rows.map((row) => row.local_date));
  }
}
