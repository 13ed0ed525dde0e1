import type { Conversation, Turn } from '../../domain/conversation/conversation.js';

export interface ConversationRecord {
  readonly id: string;
  readonly turns: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export type TurnRecord = Omit<Turn, 'created_at'> & { readonly created_at: Date };

export function conversationOf(row: ConversationRecord): Conversation {
  return { id: row.id, turns: row.turns, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}

export function turnOf(row: TurnRecord): Turn {
  return { ...row, created_at: row.created_at.toISOString() };
}
