import type { EnvelopeJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';

export interface SealedText {
  readonly id: Uuid;
  readonly text: EnvelopeJson;
}

/** Opens a person's words for the moment they are needed; nothing opened is ever written down. Throws MemoryUnreadable. */
export abstract class SealedTexts {
  /** The words of memories, in order. */
  abstract open(userId: Uuid, memories: readonly SealedText[]): Promise<readonly string[]>;

  /** The quoted words that memories rest on, in order. */
  abstract openQuotes(userId: Uuid, quotes: readonly SealedText[]): Promise<readonly string[]>;

  /** The words of a question. */
  abstract openQuery(userId: Uuid, query: SealedText): Promise<string>;
}
