import type { Uuid } from '@selfos/kernel';
import type { StoredMessage } from '../domain/conversation/conversation.js';
import { MessageStore } from '../domain/ports/message-store.js';

/** Writes to one store and reads from both, so that messages stay readable after the store was changed. */
export class TwoMessageStores extends MessageStore {
  constructor(
    private readonly current: MessageStore,
    private readonly former: MessageStore,
  ) {
    super();
  }

  put(userId: Uuid, messages: readonly StoredMessage[]): Promise<void> {
    return this.current.put(userId, messages);
  }

  async remove(userId: Uuid, ids: readonly Uuid[]): Promise<number> {
    return (await this.current.remove(userId, ids)) + (await this.former.remove(userId, ids));
  }

  async find(userId: Uuid, ids: readonly Uuid[]): Promise<readonly StoredMessage[]> {
    const found = await this.current.find(userId, ids);
    const missing = ids.filter((id) => !found.some((message) => message.id === id));
    return missing.length === 0 ? found : [...found, ...(await this.former.find(userId, missing))];
  }
}
