import type { Uuid } from '@selfos/kernel';
import type { StoredMessage } from '../conversation/conversation.js';

/**
 * Keeps the messages themselves. They are written before the turn that makes them exist, and may be written again: the same id is
 * replaced. Throws MessageStoreUnavailable.
 */
export abstract class MessageStore {
  abstract put(userId: Uuid, messages: readonly StoredMessage[]): Promise<void>;
  /** Deletes those of the given messages that are there, and says how many. */
  abstract remove(userId: Uuid, ids: readonly Uuid[]): Promise<number>;
  /** Those of the given messages that are there, in any order. */
  abstract find(userId: Uuid, ids: readonly Uuid[]): Promise<readonly StoredMessage[]>;
}
