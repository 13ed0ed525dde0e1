import type { Uuid } from '@selfos/kernel';
import { dot } from '../search/dot.js';
import { saySame } from '../search/sameness.js';
import { type Claim, claimOf, contradicts } from './contradiction.js';
import { isLive, type Memory, type MemoryDraft, record, supersede } from './memory.js';

/** A draft with what is needed to compare and find it. */
export interface Read {
  readonly draft: MemoryDraft;
  readonly text: string;
  readonly vector: Float32Array;
}

/** A memory beside which a new one is judged. */
export interface Known {
  readonly memory: Memory;
  readonly claim: Claim;
  /** Cosine with the new one. */
  readonly likeness: (read: Read) => number;
}

export type Verdict =
  | { readonly kind: 'merged'; readonly id: Uuid; readonly into: Uuid }
  | { readonly kind: 'kept'; readonly id: Uuid; readonly memory: Memory; readonly vector: Float32Array; readonly closes: readonly Memory[] };

/** What becomes of each of a batch, one after the other, beside those that hold: the batch's own count as soon as they are kept. */
export function judge(reads: readonly Read[], known: readonly Known[], now: Date): readonly Verdict[] {
  const holding = new Map(known.filter(({ memory }) => isLive(memory, now)).map((one) => [one.memory.id, one]));
  return reads.map((read): Verdict => {
    const verdict = judgeOne(read, [...holding.values()], now);
    if (verdict.kind === 'merged') return verdict;
    for (const closed of verdict.closes) holding.delete(closed.id);
    if (isLive(verdict.memory, now)) holding.set(verdict.id, { memory: verdict.memory, claim: claimOf(read.text), likeness: (other) => dot(read.vector, other.vector) });
    return verdict;
  });
}

function judgeOne(read: Read, holding: readonly Known[], now: Date): Verdict {
  const { draft, text, vector } = read;
  const claim = claimOf(text);
  const twin = holding.find(({ memory, claim: other, likeness }) => memory.type === draft.type && saySame(claim, other, likeness(read)));
  if (twin !== undefined) return { kind: 'merged', id: draft.id, into: twin.memory.id };
  const rivals = holding.filter(({ memory, claim: other }) => comparable(memory, draft) && contradicts(claim, other)).map(({ memory }) => memory);
  const later = rivals.filter(({ validFrom }) => validFrom > draft.validFrom).sort((a, b) => a.validFrom.getTime() - b.validFrom.getTime())[0];
  const fresh = record(draft, now);
  // heard late: something newer stands already, and the new one is of the past
  const memory = later === undefined ? fresh : supersede(fresh, later.id, later.validFrom);
  const closes = rivals.filter(({ validFrom }) => validFrom <= draft.validFrom).map((rival) => supersede(rival, draft.id, draft.validFrom));
  return { kind: 'kept', id: draft.id, memory, vector, closes };
}

// what was achieved stays achieved, and a wish says nothing of how things are
function comparable(one: MemoryDraft, other: MemoryDraft): boolean {
  if (one.type === 'achievement' || other.type === 'achievement') return false;
  return one.type === other.type || (one.type !== 'goal' && other.type !== 'goal');
}
