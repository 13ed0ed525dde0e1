import type { Uuid } from '@selfos/kernel';
import type { RecalledMemory } from '../planning/plan.js';

/** A memory to keep, and where it comes from: a span of a message (UTF-16 offsets), or an event. */
export interface NewMemory {
  readonly id: Uuid;
  readonly type: RecalledMemory['type'];
  readonly text: string;
  readonly source: { readonly kind: 'message'; readonly id: Uuid; readonly start: number; readonly end: number } | { readonly kind: 'event'; readonly id: Uuid };
  readonly validFrom: Date;
}

/** What SelfOS remembers of a person. Keeping the same id again changes nothing. */
export abstract class Memories {
  /** The `k` nearest to the query, nearest first. */
  abstract recall(userId: Uuid, query: string, k: number): Promise<RecalledMemory[]>;
  abstract remember(userId: Uuid, memories: readonly NewMemory[]): Promise<void>;
  /** Keeps them from models and indexes elsewhere, by this version of the person's settings; or no longer. */
  abstract withhold(userId: Uuid, withheld: boolean, version: number): Promise<void>;
}
