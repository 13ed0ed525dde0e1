import type { Uuid } from '@selfos/kernel';
import type { Position } from '../../../cursor.js';
import type { Conversation, Turn } from './conversation.js';

/** A person's conversations and their turns. */
export abstract class ConversationRepository {
  abstract find(userId: Uuid, id: Uuid): Promise<Conversation | undefined>;
  /** Last spoken in first. */
  abstract findPage(userId: Uuid, page: { after?: Position | undefined; limit: number }): Promise<readonly Conversation[]>;
  /** Turns with a number of at least `from`, oldest first. */
  abstract findTurns(userId: Uuid, id: Uuid, page: { from: number; limit: number }): Promise<readonly Turn[]>;
  /** The turn that this message, not an answer, began. */
  abstract findTurnOf(userId: Uuid, messageId: Uuid): Promise<Turn | undefined>;
  /** Whether a turn has a message of this id. */
  abstract hasMessage(userId: Uuid, messageId: Uuid): Promise<boolean>;
  /** Adds the next turn, and the conversation with its first. Throws MessageExists. */
  abstract addTurn(userId: Uuid, turn: Omit<Turn, 'number'>): Promise<Turn>;
}
