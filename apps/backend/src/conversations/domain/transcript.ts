import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { ConversationNotFound, MessagesUnreadable } from './conversation/conversation.errors.js';
import { ConversationRepository } from './conversation/conversation.repository.js';
import { viewOf, type Conversation, type MessageView, type Turn } from './conversation/conversation.js';
import { MessageStore } from './ports/message-store.js';

/** What was said in a conversation, turn by turn. */
@Injectable()
export class Transcript {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly messages: MessageStore,
    private readonly transaction: Transaction,
  ) {}

  /** Throws ConversationNotFound. */
  async conversation(userId: Uuid, id: Uuid): Promise<Conversation> {
    const conversation = await this.transaction.run(() => this.conversations.find(userId, id));
    if (conversation === undefined) throw new ConversationNotFound();
    return conversation;
  }

  /** The last `turns` turns, oldest message first. */
  async latest(userId: Uuid, conversation: Conversation, turns: number): Promise<MessageView[]> {
    return this.read(userId, conversation.id, { from: Math.max(1, conversation.turns - turns + 1), limit: turns });
  }

  /** Messages from place `from` on, counted from 0, at most `limit`, oldest first. */
  async slice(userId: Uuid, id: Uuid, { from, limit }: { from: number; limit: number }): Promise<MessageView[]> {
    const skip = from % 2;
    const views = await this.read(userId, id, { from: Math.floor(from / 2) + 1, limit: Math.ceil((limit + skip) / 2) });
    return views.slice(skip, skip + limit);
  }

  private async read(userId: Uuid, id: Uuid, page: { from: number; limit: number }): Promise<MessageView[]> {
    const turns = await this.transaction.run(() => this.conversations.findTurns(userId, id, page));
    const found = new Map((await this.messages.find(userId, turns.flatMap(idsOf))).map((message) => [message.id, message]));
    return turns.flatMap((turn) =>
      idsOf(turn).map((messageId) => {
        const message = found.get(messageId);
        if (message === undefined) throw new MessagesUnreadable({ detail: 'They are in a message store that is not configured or does not answer.' });
        return viewOf(message, turn);
      }),
    );
  }
}

function idsOf(turn: Turn): [Uuid, Uuid] {
  return [turn.message_id, turn.reply_id];
}
