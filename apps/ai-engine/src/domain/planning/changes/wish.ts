import type { DraftChange } from '../plan-draft.js';

/** What is to happen to which thing, before it is known which one that is. */
export interface Wish {
  readonly op: 'update' | 'complete' | 'cancel';
  /** The thing in the person's words; empty for "it". */
  readonly words: string;
  /** True when the sentence means an existing thing or nothing: "it", "my run". Else a thing that is not found may be something new. */
  readonly certain: boolean;
  /** How well the words have to fit, 0 to 1. */
  readonly least: number;
  /** The sentence names a goal. */
  readonly goal?: true;
  readonly change: Partial<DraftChange>;
  /** How it is to be taken where it says too little: "shorter". */
  readonly relative?: 'shorter' | 'longer';
  readonly assumption?: string;
}

/** What one part of a message changes, asks back or cannot find. */
export interface ChangeDraft {
  readonly changes: readonly DraftChange[];
  readonly reply?: string;
  readonly assumptions: readonly string[];
}

export const PRONOUN = /^(?:it|that|this|them|these|those|that one|this one|the (?:last|same) one|)$/i;

/** "to the", "for", "instead": what stands around the thing and its time. */
export function cleanObject(text: string): string {
  return text
    .replace(/\b(?:instead|please|from now on|actually|only|just|now|any ?more|any longer|task|reminder|appointment(?=\s*$)|to be)\b/gi, ' ')
    .replace(/^[\s,:–-]*(?:(?:my|the|our|a|an|on|for|to|with|of)\b\s*)+/i, '')
    .replace(/(?:\b(?:to|for|on|at|until|till|by|from|and|off|as|in|of|it)\b|[\s,.!?:"“”–-])+$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}
