import type { EnvelopeJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';

export const MEMORY_TYPES = ['goal', 'routine', 'preference', 'reflection', 'achievement'] as const;
export type MemoryType = (typeof MEMORY_TYPES)[number];

/** Where it was said or seen: a span of a message (UTF-16 offsets, end exclusive), an event, or a plan that the person let take effect. */
export type MemorySource =
  | { readonly kind: 'message'; readonly id: Uuid; readonly start: number; readonly end: number }
  | { readonly kind: 'event'; readonly id: Uuid }
  | { readonly kind: 'plan'; readonly id: Uuid };

/** What somebody asks us to keep. The words stay sealed; only search opens them, in memory. */
export interface MemoryDraft {
  readonly id: Uuid;
  readonly type: MemoryType;
  readonly text: EnvelopeJson;
  readonly source: MemorySource;
  readonly validFrom: Date;
}

/** What is proposed to be kept; a retelling brings the words of its span along. */
export interface Proposal extends MemoryDraft {
  readonly quote?: EnvelopeJson | undefined;
}

/**
 * One thing SelfOS remembers of a person. It holds from `validFrom` until `validTo` (exclusive; null: still). What was learned
 * never changes: a newer memory takes its place and closes it, so that the past can still be told as it was. Only the person
 * corrects its words, by hand.
 */
export interface Memory extends MemoryDraft {
  readonly validTo: Date | null;
  readonly supersededBy: Uuid | null;
  readonly createdAt: Date;
}

export function record(draft: MemoryDraft, now: Date): Memory {
  return { ...draft, validTo: null, supersededBy: null, createdAt: now };
}

/** Closes a memory at the moment a newer one takes its place; an interval never ends before it began. */
export function supersede(memory: Memory, by: Uuid, at: Date): Memory {
  const validTo = at.getTime() < memory.validFrom.getTime() ? memory.validFrom : at;
  return { ...memory, validTo, supersededBy: by };
}

/** What the person changed by hand. */
export interface Correction {
  readonly type?: MemoryType | undefined;
  readonly text?: EnvelopeJson | undefined;
}

export function correct(memory: Memory, { type = memory.type, text = memory.text }: Correction): Memory {
  return { ...memory, type, text };
}

/** Whether it may still be used at that moment. What begins later counts too: people speak of what is to come. */
export function isLive(memory: Memory, at: Date): boolean {
  return memory.validTo === null || at.getTime() < memory.validTo.getTime();
}
