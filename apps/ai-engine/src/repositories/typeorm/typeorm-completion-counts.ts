import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { CompletionCounts, type Completions, type ToldDay } from '../../domain/ports/completion-counts.js';

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const TELL = `
  INSERT INTO task_completions AS c (user_id, task_id, local_date, seq, done) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (user_id, task_id, local_date) DO UPDATE SET seq = excluded.seq, done = excluded.done WHERE c.seq < excluded.seq
  RETURNING seq`;
const COUNT = 'SELECT count(*)::int AS days, max(local_date)::text AS latest FROM task_completions WHERE user_id = $1 AND task_id = $2 AND done';

export class TypeormCompletionCounts extends CompletionCounts {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async note(userId: Uuid, day: ToldDay): Promise<Completions | undefined> {
    if (!(await this.tell(userId, day, true))) return undefined;
    const [row] = await this.database.manager().query<Completions[]>(COUNT, [userId, day.taskId]);
    return row;
  }

  override async takeBack(userId: Uuid, day: ToldDay): Promise<void> {
    await this.tell(userId, day, false);
  }

  override async forget(userId: Uuid, taskId: Uuid): Promise<void> {
    await this.database.manager().query('DELETE FROM task_completions WHERE user_id = $1 AND task_id = $2', [userId, taskId]);
  }

  private async tell(userId: Uuid, { taskId, localDate, seq }: ToldDay, done: boolean): Promise<boolean> {
    await this.database.manager().query(LOCK, [taskId]);
    return (await this.database.manager().query<unknown[]>(TELL, [userId, taskId, localDate, seq, done])).length > 0;
  }
}
