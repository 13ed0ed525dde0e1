// Negations stay in: "I like coffee" and "I do not like coffee" must not become the same.
const STOP_WORDS = new Set(
  ('a about all also am an and any are as at be because been being but by can could did do does for from had has have he her him his how i if in into is it its ' +
    'just let me my of on or our she should so some than that the their them then there these they this those to too up us was we were what when which who will with would you your')
    .split(' '),
);

/** The words of a text that carry meaning, stemmed, in order. */
export function tokensOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().replaceAll('’', "'").match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];
  return words.flatMap(expanded).filter((word) => !STOP_WORDS.has(word)).map(stem);
}

// "don't" is "do not"; any other apostrophe only ends a word
function expanded(word: string): string[] {
  if (word === "can't" || word.endsWith("n't")) return [word === "can't" ? 'can' : word.slice(0, -3), 'not'];
  return [word.split("'")[0] ?? word];
}

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(ss|us)$/, '$1'],
  [/(ch|sh|x|z|s)es$/, '$1'],
  [/s$/, ''],
  [/ing$/, ''],
  [/ed$/, ''],
];

/** A light English stem: plural, -ing and -ed go, and a doubled consonant or final e with them. Other languages pass as they are. */
export function stem(word: string): string {
  if (word.length <= 3 || !/^[a-z]+$/.test(word)) return word;
  const [ending, replacement] = ENDINGS.find(([pattern]) => pattern.test(word)) ?? [/$/, ''];
  const cut = word.replace(ending, replacement);
  if (cut.length < 3 || !/[aeiouy]/.test(cut)) return word;
  return cut.replace(/([bdfgmnprt])\1$/, '$1').replace(/e$/, '');
}
