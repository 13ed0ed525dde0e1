import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { CursorInvalid, fromCursor, pageOf } from '../../../cursor.js';
import type { Conversation, MessageView } from '../conversation/conversation.js';
import { ConversationRepository } from '../conversation/conversation.repository.js';
import { Transcript } from '../transcript.js';

interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface PageOf<T> {
  readonly items: T[];
  readonly next_cursor: string | null;
}

/** A person's conversations and messages, to look at. */
@Injectable()
export class ReadConversations {
  constructor(
    private readonly conversations: ConversationRepository,
    private readonly transcript: Transcript,
    private readonly transaction: Transaction,
  ) {}

  async one(userId: Uuid, id: Uuid): Promise<Conversation> {
    return this.transcript.conversation(userId, id);
  }

  async page(userId: Uuid, { cursor, limit }: PageQuery): Promise<PageOf<Conversation>> {
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const found = await this.transaction.run(() => this.conversations.findPage(userId, { after, limit: limit + 1 }));
    return pageOf(found, limit, ({ updated_at, id }) => ({ at: updated_at, id }));
  }

  /** Messages are counted from the first: the cursor says how many were read. */
  async messages(userId: Uuid, id: Uuid, { cursor, limit }: PageQuery): Promise<PageOf<MessageView>> {
    const from = cursor === undefined ? 0 : countOf(cursor);
    const conversation = await this.transcript.conversation(userId, id);
    const items = await this.transcript.slice(userId, id, { from, limit });
    const read = from + items.length;
    return { items, next_cursor: read < conversation.turns * 2 ? Buffer.from(`message ${read}`).toString('base64url') : null };
  }
}

function countOf(cursor: string): number {
  const count = /^message (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (count === undefined) throw new CursorInvalid();
  return Number(count);
}
