import type { Page, PageRequest, Uuid } from '@selfos/kernel';
import type { Memory, MemoryType } from './memory.js';

/** What became of an id that was asked to be kept: it stands, it went into another, or it was forgotten. */
export type Outcome =
  | { readonly kind: 'recorded' }
  | { readonly kind: 'merged'; readonly into: Uuid }
  | { readonly kind: 'forgotten' };

export interface MemoryFilter {
  readonly type?: MemoryType | undefined;
}

/** Somebody whom we remember things of. */
export interface Owner {
  /** Grows with every change of their memories: what was read under it is still true while it is the same. */
  readonly version: number;
  /** While paused nothing is learned of them and nothing recalled. */
  readonly paused: boolean;
}

/**
 * Keeps people's memories. What a plan hides is in no answer unless it says so. Every change tells the others in the same transaction: `memory.recorded` for a new or corrected
 * one, `memory.superseded` for one that no longer holds.
 */
export abstract class MemoryRepository {
  abstract getOwner(userId: Uuid): Promise<Owner>;

  /** Takes the person's memories for a change if they are still at that version; no one else changes them until the transaction ends. */
  abstract claim(userId: Uuid, version: number): Promise<boolean>;

  abstract pause(userId: Uuid, paused: boolean): Promise<void>;

  /** All there are, also those that no longer hold, in the order in which they were recorded. */
  abstract findAll(userId: Uuid): Promise<readonly Memory[]>;

  abstract find(userId: Uuid, id: Uuid): Promise<Memory | undefined>;

  /** Newest first by the time they were recorded; throws CursorInvalid. */
  abstract findPage(userId: Uuid, page: PageRequest, filter: MemoryFilter): Promise<Page<Memory>>;

  /** What became of each id that was seen before; ids never seen are left out. */
  abstract findOutcomes(userId: Uuid, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Outcome>>;

  abstract save(userId: Uuid, memory: Memory): Promise<void>;

  /** A plan forgets it: it is found and listed no more, but nothing of it is lost. A memory that does not exist stays so. */
  abstract hide(userId: Uuid, id: Uuid, planId: Uuid): Promise<void>;

  /** The plan was taken back: it is there again, unless another plan hides it too. */
  abstract show(userId: Uuid, id: Uuid, planId: Uuid): Promise<void>;

  /** What this plan hides. */
  abstract findHidden(userId: Uuid, planId: Uuid): Promise<readonly Memory[]>;

  abstract findEvenHidden(userId: Uuid, id: Uuid): Promise<Memory | undefined>;

  /** Those in whose place that one came, also hidden ones. */
  abstract findSupersededBy(userId: Uuid, id: Uuid): Promise<readonly Memory[]>;

  /** Notes that `id` says what `into` says already, so that the same id gets the same answer again. */
  abstract merge(userId: Uuid, id: Uuid, into: Uuid): Promise<void>;

  /** Erases the memory and its words for good; the bare id stays, so that a late repetition cannot bring it back. Throws MemoryNotFound. */
  abstract remove(userId: Uuid, id: Uuid): Promise<void>;

  /** The same for all of one person. */
  abstract removeAll(userId: Uuid): Promise<void>;

  /** Leaves nothing of the person, not even bare ids. */
  abstract erase(userId: Uuid): Promise<void>;
}
