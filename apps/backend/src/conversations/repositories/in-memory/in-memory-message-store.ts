import type { Uuid } from '@selfos/kernel';
import type { StoredMessage } from '../../domain/conversation/conversation.js';
import { MessageStore } from '../../domain/ports/message-store.js';

export class InMemoryMessageStore extends MessageStore {
  private readonly messages = new Map<string, StoredMessage>();

  async put(userId: Uuid, messages: readonly StoredMessage[]): Promise<void> {
    for (const message of messages) this.messages.set(`${userId} ${message.id}`, structuredClone(message));
  }

  async remove(userId: Uuid, ids: readonly Uuid[]): Promise<number> {
    return ids.filter((id) => this.messages.delete(`${userId} ${id}`)).length;
  }

  async find(userId: Uuid, ids: readonly Uuid[]): Promise<readonly StoredMessage[]> {
    return [...new Set(ids)].flatMap((id) => this.messages.get(`${userId} ${id}`) ?? []);
  }
}
