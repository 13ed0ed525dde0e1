import { tokensOf } from './tokens.js';

const NEGATIONS = new Set(['no', 'not', 'never', 'nothing', 'without', 'stop', 'quit', 'hate']);
const SHARED_WORDS = 0.6;
const ALIKE = 0.93;

/**
 * Whether two memories of one type say the same: the same words, or most of them and nearly the same vector. A number or a
 * negation that only one of them has makes them different: "5 km" is not "10 km".
 */
export function saySame(one: string, other: string, cosine: number): boolean {
  const a = new Set(tokensOf(one));
  const b = new Set(tokensOf(other));
  if (![...symmetricDifference(a, b)].every((word) => !isDecisive(word))) return false;
  const shared = overlap(a, b);
  return shared === 1 || (shared >= SHARED_WORDS && cosine >= ALIKE);
}

function isDecisive(word: string): boolean {
  return /\p{N}/u.test(word) || NEGATIONS.has(word);
}

function symmetricDifference(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter((word) => !b.has(word)).concat([...b].filter((word) => !a.has(word))));
}

// Jaccard: shared words of all words
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const all = new Set([...a, ...b]).size;
  return all === 0 ? 0 : [...a].filter((word) => b.has(word)).length / all;
}
