import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { BegunTurns, type BegunTurn } from '../../domain/begun-turn/begun-turn.repository.js';

export class TypeormBegunTurns extends BegunTurns {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async begin(userId: Uuid, turn: { readonly message_id: Uuid; readonly reply_id: Uuid }): Promise<boolean> {
    const rows = await this.rows(
      `INSERT INTO begun_turns AS b (user_id, message_id, replies) VALUES ($1, $2, ARRAY[$3::uuid])
       ON CONFLICT (user_id, message_id) DO UPDATE SET replies = b.replies || excluded.replies, since = excluded.since WHERE NOT b.forgotten RETURNING 1`,
      [userId, turn.message_id, turn.reply_id],
    );
    return rows.length > 0;
  }

  async hold(userId: Uuid, messageId: Uuid): Promise<boolean> {
    return (await this.rows('SELECT 1 FROM begun_turns WHERE user_id = $1 AND message_id = $2 AND NOT forgotten FOR UPDATE', [userId, messageId])).length > 0;
  }

  async lock(userId: Uuid, messageId: Uuid): Promise<BegunTurn | undefined> {
    const sql = 'SELECT message_id, replies, since::text AS since FROM begun_turns WHERE user_id = $1 AND message_id = $2 FOR UPDATE SKIP LOCKED';
    const [row] = await this.rows<BegunTurn>(sql, [userId, messageId]);
    return row;
  }

  async forget(userId: Uuid, messageId: Uuid): Promise<void> {
    await this.rows('UPDATE begun_turns SET forgotten = true WHERE user_id = $1 AND message_id = $2', [userId, messageId]);
  }

  async end(userId: Uuid, { message_id, since }: BegunTurn): Promise<void> {
    await this.rows('DELETE FROM begun_turns WHERE user_id = $1 AND message_id = $2 AND since = $3::timestamptz', [userId, message_id, since]);
  }

  private async rows<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.database.manager().query<T[]>(sql, parameters);
  }
}
