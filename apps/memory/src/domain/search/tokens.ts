import { stemmer } from 'stemmer';
import { WORD_FORMS } from './word-forms.data.js';

// Negations stay in: "I like coffee" and "I do not like coffee" must not become the same.
const STOP_WORDS: ReadonlySet<string> = new Set(
  ('a about all also am an and any are as at be because been being but by can could d did do does doing done for from get got gonna had has have he her hey hi him his how i if in into is it its ' +
    'just let ll m me my of oh on or our quite re s she should so some t than thank thanks that the their them then there these they this those to too up us ve was we were what when where which who whom whose why will with would wow yeah you your yours')
    .split(' '),
);

const BASE_OF: ReadonlyMap<string, string> = new Map(
  WORD_FORMS.split(/[|\n]/).flatMap((line): [string, string][] => {
    const [base = '', ...forms] = line.trim().split(' ');
    return forms.map((form) => [form, base]);
  }),
);

const ENGLISH = /^[a-z]{3,}$/;

/** The words of a text in small letters, in order, each without what follows an apostrophe; "don't" is "do not". */
export function wordsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().replaceAll('’', "'").match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];
  return words.flatMap(expanded);
}

/** The words of a text that carry meaning, each as its root, in order. */
export function tokensOf(text: string): string[] {
  return wordsOf(text).filter((word) => !STOP_WORDS.has(word)).map(rootOf);
}

/** What all forms of a word have in common: the base of an irregular one ("went" → "go"), cut to its stem (Porter 1980). Words of other scripts and languages mostly pass as they are. */
export function rootOf(word: string): string {
  const base = BASE_OF.get(word) ?? word;
  return ENGLISH.test(base) ? stemmer(base) : base;
}

function expanded(word: string): string[] {
  if (word === "can't" || word.endsWith("n't")) return [word === "can't" ? 'can' : word.slice(0, -3), 'not'];
  return [word.split("'")[0] ?? word];
}
