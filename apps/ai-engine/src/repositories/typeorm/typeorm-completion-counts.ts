import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { CompletionCounts, type Completions } from '../../domain/ports/completion-counts.js';

const COUNT = 'SELECT count(*)::int AS days, max(local_date)::text AS latest FROM task_completions WHERE user_id = $1 AND task_id = $2';

export class TypeormCompletionCounts extends CompletionCounts {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async note(userId: Uuid, taskId: Uuid, localDate: string): Promise<Completions> {
    const manager = this.database.manager();
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [taskId]);
    await manager.query('INSERT INTO task_completions (user_id, task_id, local_date) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [userId, taskId, localDate]);
    const [row] = await manager.query<Completions[]>(COUNT, [userId, taskId]);
    return row ?? { days: 0, latest: localDate };
  }

  override async takeBack(userId: Uuid, taskId: Uuid, localDate: string): Promise<void> {
    await this.database.manager().query('DELETE FROM task_completions WHERE user_id = $1 AND task_id = $2 AND local_date = $3', [userId, taskId, localDate]);
  }

  override async forget(userId: Uuid, taskId: Uuid): Promise<void> {
    await this.database.manager().query('DELETE FROM task_completions WHERE user_id = $1 AND task_id = $2', [userId, taskId]);
  }
}
