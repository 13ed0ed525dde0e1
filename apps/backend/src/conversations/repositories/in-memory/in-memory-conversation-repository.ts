import type { Uuid } from '@selfos/kernel';
import type { Position } from '../../../cursor.js';
import { MessageExists } from '../../domain/conversation/conversation.errors.js';
import { ConversationRepository } from '../../domain/conversation/conversation.repository.js';
import type { Conversation, Turn } from '../../domain/conversation/conversation.js';

export class InMemoryConversationRepository extends ConversationRepository {
  private readonly conversations = new Map<string, Conversation>();
  private readonly turns: (Turn & { readonly userId: Uuid })[] = [];

  async find(userId: Uuid, id: Uuid): Promise<Conversation | undefined> {
    return this.conversations.get(`${userId} ${id}`);
  }

  async findPage(userId: Uuid, { after, limit }: { after?: Position | undefined; limit: number }): Promise<readonly Conversation[]> {
    const place = (one: Conversation) => `${one.updated_at} ${one.id}`;
    return [...this.conversations]
      .filter(([key]) => key.startsWith(userId))
      .map(([, one]) => one)
      .filter((one) => after === undefined || place(one) < `${after.at} ${after.id}`)
      .toSorted((a, b) => (place(a) < place(b) ? 1 : -1))
      .slice(0, limit);
  }

  async findTurns(userId: Uuid, id: Uuid, { from, limit }: { from: number; limit: number }): Promise<readonly Turn[]> {
    return this.turns.filter((turn) => turn.userId === userId && turn.conversation_id === id && turn.number >= from).slice(0, limit);
  }

  async findTurnOf(userId: Uuid, messageId: Uuid): Promise<Turn | undefined> {
    return this.turns.find((turn) => turn.userId === userId && turn.message_id === messageId);
  }

  async hasMessage(userId: Uuid, messageId: Uuid): Promise<boolean> {
    return this.turns.some((one) => one.userId === userId && [one.message_id, one.reply_id].includes(messageId));
  }

  async addTurn(userId: Uuid, turn: Omit<Turn, 'number'>): Promise<Turn> {
    if (this.turns.some((one) => one.userId === userId && one.message_id === turn.message_id)) throw new MessageExists();
    const before = await this.find(userId, turn.conversation_id);
    const number = (before?.turns ?? 0) + 1;
    this.conversations.set(`${userId} ${turn.conversation_id}`, { id: turn.conversation_id, turns: number, created_at: before?.created_at ?? turn.created_at, updated_at: turn.created_at });
    const whole = { ...turn, number };
    this.turns.push({ ...whole, userId });
    return whole;
  }
}
