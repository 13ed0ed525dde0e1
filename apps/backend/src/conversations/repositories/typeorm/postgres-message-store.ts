import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext, Transaction } from '@selfos/persistence';
import type { StoredMessage } from '../../domain/conversation/conversation.js';
import { MessageStore } from '../../domain/ports/message-store.js';

/** Messages as JSONB documents, without a second database. */
export class PostgresMessageStore extends MessageStore {
  constructor(
    private readonly transaction: Transaction,
    private readonly database: DatabaseContext,
  ) {
    super();
  }

  async put(userId: Uuid, messages: readonly StoredMessage[]): Promise<void> {
    await this.transaction.run(() =>
      this.database.manager().query(
        `INSERT INTO messages (user_id, id, conversation_id, document)
         SELECT $1, (d->>'id')::uuid, (d->>'conversation_id')::uuid, d FROM jsonb_array_elements($2::jsonb) d
         ON CONFLICT (user_id, id) DO UPDATE SET conversation_id = excluded.conversation_id, document = excluded.document`,
        [userId, JSON.stringify(messages)],
      ),
    );
  }

  async remove(userId: Uuid, ids: readonly Uuid[]): Promise<number> {
    return this.transaction.run(async () => {
      const [, count] = await this.database.manager().query<[unknown, number]>('DELETE FROM messages WHERE user_id = $1 AND id = ANY ($2)', [userId, ids]);
      return count;
    });
  }

  async find(userId: Uuid, ids: readonly Uuid[]): Promise<readonly StoredMessage[]> {
    return this.transaction.run(async () => {
      const rows: { document: StoredMessage }[] = await this.database.manager().query('SELECT document FROM messages WHERE user_id = $1 AND id = ANY ($2)', [userId, ids]);
      return rows.map(({ document }) => document);
    });
  }
}
