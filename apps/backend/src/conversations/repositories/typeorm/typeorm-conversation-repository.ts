import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import type { Position } from '../../../cursor.js';
import { violatedConstraint } from '../../../violated-constraint.js';
import { MessageExists } from '../../domain/conversation/conversation.errors.js';
import { ConversationRepository } from '../../domain/conversation/conversation.repository.js';
import type { Conversation, Turn } from '../../domain/conversation/conversation.js';
import { conversationOf, turnOf, type ConversationRecord, type TurnRecord } from './conversation-mapping.js';

const CONVERSATION = 'id, turns, created_at, updated_at';
const TURN = 'id, conversation_id, number, message_id, reply_id, plan_id, model, answered_by, template, truncated, metadata, created_at';

// The row lock of the upsert numbers turns that are said at the same time.
const NEXT_NUMBER = `
  INSERT INTO conversations AS c (user_id, id, turns, created_at, updated_at) VALUES ($1, $2, 1, $3, $3)
  ON CONFLICT (user_id, id) DO UPDATE SET turns = c.turns + 1, updated_at = greatest(c.updated_at, excluded.updated_at)
  RETURNING turns`;

export class TypeormConversationRepository extends ConversationRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async find(userId: Uuid, id: Uuid): Promise<Conversation | undefined> {
    const [row] = await this.rows<ConversationRecord>(`SELECT ${CONVERSATION} FROM conversations WHERE user_id = $1 AND id = $2`, [userId, id]);
    return row && conversationOf(row);
  }

  async findPage(userId: Uuid, { after, limit }: { after?: Position | undefined; limit: number }): Promise<readonly Conversation[]> {
    const rows = await this.rows<ConversationRecord>(
      `SELECT ${CONVERSATION} FROM conversations WHERE user_id = $1 AND ($2::timestamptz IS NULL OR (updated_at, id) < ($2::timestamptz, $3::uuid))
       ORDER BY updated_at DESC, id DESC LIMIT $4`,
      [userId, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(conversationOf);
  }

  async findTurns(userId: Uuid, id: Uuid, { from, limit }: { from: number; limit: number }): Promise<readonly Turn[]> {
    const rows = await this.rows<TurnRecord>(
      `SELECT ${TURN} FROM turns WHERE user_id = $1 AND conversation_id = $2 AND number >= $3 ORDER BY number LIMIT $4`,
      [userId, id, from, limit],
    );
    return rows.map(turnOf);
  }

  async findTurnOf(userId: Uuid, messageId: Uuid): Promise<Turn | undefined> {
    const [row] = await this.rows<TurnRecord>(`SELECT ${TURN} FROM turns WHERE user_id = $1 AND message_id = $2`, [userId, messageId]);
    return row && turnOf(row);
  }

  async hasMessage(userId: Uuid, messageId: Uuid): Promise<boolean> {
    return (await this.rows('SELECT 1 FROM turns WHERE user_id = $1 AND (message_id = $2 OR reply_id = $2)', [userId, messageId])).length > 0;
  }

  async addTurn(userId: Uuid, turn: Omit<Turn, 'number'>): Promise<Turn> {
    const [counted] = await this.rows<{ turns: number }>(NEXT_NUMBER, [userId, turn.conversation_id, turn.created_at]);
    const whole: Turn = { ...turn, number: counted?.turns ?? 1 };
    const { id, conversation_id, number, message_id, reply_id, plan_id, model, answered_by, template, truncated, metadata, created_at } = whole;
    try {
      await this.rows(`INSERT INTO turns (user_id, ${TURN}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, [
        userId, id, conversation_id, number, message_id, reply_id, plan_id, model, JSON.stringify(answered_by), JSON.stringify(template), truncated, JSON.stringify(metadata), created_at,
      ]);
    } catch (error) {
      if (violatedConstraint(error) === 'turns_user_id_message_id_key') throw new MessageExists();
      throw error;
    }
    return whole;
  }

  private async rows<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.database.manager().query<T[]>(sql, parameters);
  }
}
