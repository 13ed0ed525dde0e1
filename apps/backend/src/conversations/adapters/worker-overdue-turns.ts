import type { Uuid } from '@selfos/kernel';
import type { WorkerDatabase } from '@selfos/persistence';
import { OverdueTurns } from '../domain/ports/overdue-turns.js';

/** As the worker role, which sees of everybody's begun turns those that are overdue, and no others. */
export class WorkerOverdueTurns extends OverdueTurns {
  constructor(private readonly worker: Pick<WorkerDatabase, 'query'>) {
    super();
  }

  async list({ skip, limit }: { readonly skip: number; readonly limit: number }): Promise<readonly { readonly userId: Uuid; readonly messageId: Uuid }[]> {
    const rows = await this.worker.query<{ user_id: Uuid; message_id: Uuid }[]>('SELECT user_id, message_id FROM begun_turns ORDER BY since, user_id, message_id LIMIT $1 OFFSET $2', [limit, skip]);
    return rows.map(({ user_id, message_id }) => ({ userId: user_id, messageId: message_id }));
  }
}
