import type { Claim } from '../memory/contradiction.js';

const DECISIVE = /\p{N}/u;
const NEGATIONS = new Set(['no', 'not', 'never', 'noth', 'without', 'stop', 'quit', 'hate']);
const SHARED_WORDS = 0.6;
const NEARLY_ALL_WORDS = 0.85;
const ALIKE = 0.93;

/**
 * Whether two memories of one type say the same: the same words, nearly all of them, or most of them and nearly the same
 * vector. A number or a negation that only one of them has makes them different: "5 km" is not "10 km".
 */
export function saySame({ words: one }: Claim, { words: other }: Claim, cosine: number): boolean {
  if ([...one].some((word) => !other.has(word) && isDecisive(word)) || [...other].some((word) => !one.has(word) && isDecisive(word))) return false;
  const shared = overlap(one, other);
  return shared >= NEARLY_ALL_WORDS || (shared >= SHARED_WORDS && cosine >= ALIKE);
}

function isDecisive(word: string): boolean {
  return DECISIVE.test(word) || NEGATIONS.has(word);
}

// Jaccard: shared words of all words
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}
