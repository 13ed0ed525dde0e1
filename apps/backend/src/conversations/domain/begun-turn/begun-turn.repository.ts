import type { Uuid } from '@selfos/kernel';

/**
 * A turn whose messages may be in the store while nobody sees it yet: noted before they are written, settled later. For one message
 * there may have been several attempts, each with an answer of its own.
 */
export interface BegunTurn {
  readonly message_id: Uuid;
  readonly replies: readonly Uuid[];
  /** Real time of the last attempt, as the store writes it. */
  readonly since: string;
}

/** A person's begun turns. All but `begin` hold the note to the end of the transaction. */
export abstract class BegunTurns {
  /** Notes an attempt. False when what an earlier one left is just being deleted: nothing may be written under this id then. */
  abstract begin(userId: Uuid, turn: { readonly message_id: Uuid; readonly reply_id: Uuid }): Promise<boolean>;
  /** Whether the messages of this turn stay: true keeps them from being forgotten until the transaction ends. */
  abstract hold(userId: Uuid, messageId: Uuid): Promise<boolean>;
  /** The note; undefined when it is gone, or when somebody holds it. */
  abstract lock(userId: Uuid, messageId: Uuid): Promise<BegunTurn | undefined>;
  /** From here on no turn can be made of these messages. */
  abstract forget(userId: Uuid, messageId: Uuid): Promise<void>;
  /** Drops the note, unless another attempt was noted since. */
  abstract end(userId: Uuid, turn: BegunTurn): Promise<void>;
}
