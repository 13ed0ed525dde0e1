const ONES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'] as const;
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;
const ORDINALS = ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth'] as const;

/** Longer words first: an alternation takes the first that fits. */
const longest = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');

const ONE = longest(ONES.slice(1, 10));
/** Regular-expression source of a whole number below 100 in words. */
export const CARDINAL_WORD = `(?:(?:${longest(TENS)})(?:[\\s-]+(?:${ONE}))?|${longest(ONES.slice(1))})`;
/** Of a day's number: "3rd", "the twenty second", "thirtieth". */
export const ORDINAL = `(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[\\s-]+(?:${longest(ORDINALS.slice(1, 10))})|thirtieth|${longest(ORDINALS.slice(1))})`;
/** Of a length's number: "3", "2.5", "two and a half", "a couple of", "half a". */
export const AMOUNT = `(?:\\d+(?:\\.\\d+)?|half\\s+(?:an?\\s+)?|½|(?:an?\\s+)?couple(?:\\s+of)?|(?:an?\\s+)?few|${CARDINAL_WORD}(?:\\s+and\\s+a\\s+half)?|another|an?)`;
/** Of a year: "2019", "nineteen eighty six", "two thousand and thirty two". */
export const YEAR = `(?:(?:1[5-9]|20|21)\\d{2}\\b|(?:nineteen|eighteen|twenty)[\\s-]+${CARDINAL_WORD}|two\\s+thousand(?:\\s+(?:and\\s+)?${CARDINAL_WORD})?)`;

function place(words: readonly string[], word: string): number | undefined {
  const index = words.indexOf(word);
  return index < 0 ? undefined : index;
}

/** "twenty-three" or "23" as a number; undefined when it is none. */
export function cardinal(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (/^\d+(?:\.\d+)?$/.test(word)) return Number(word);
  const [first = '', last] = word.split(/[\s-]+/);
  const tens = place(TENS, first);
  if (tens === undefined) return last === undefined ? place(ONES, first) : undefined;
  const one = last === undefined ? 0 : place(ONES.slice(0, 10), last);
  return one === undefined ? undefined : (tens + 2) * 10 + one;
}

/** "22nd" or "twenty second" as a number. */
export function ordinal(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (/^\d/.test(word)) return Number.parseInt(word, 10);
  if (word === 'thirtieth') return 30;
  const [first = '', last] = word.split(/[\s-]+/);
  if (last === undefined) return place(ORDINALS, first);
  const tens = place(TENS, first);
  const one = place(ORDINALS.slice(0, 10), last);
  return tens === undefined || one === undefined ? undefined : (tens + 2) * 10 + one;
}

/** "half a", "two and a half", "a couple of", "an" as a number; "a few" is three. */
export function amount(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (/^(?:half|½)/.test(word)) return 0.5;
  if (/couple/.test(word)) return 2;
  if (/few$/.test(word)) return 3;
  if (/^(?:an?|another)$/.test(word)) return 1;
  const half = /\s+and\s+a\s+half$/.exec(word);
  const whole = cardinal(half === null ? word : word.slice(0, half.index));
  return whole === undefined ? undefined : whole + (half === null ? 0 : 0.5);
}

/** "2019", "nineteen eighty six", "'98" as a year; two digits are the nearer century: up to 39 this one, else the last. */
export function year(text: string): number | undefined {
  const word = text.trim().toLowerCase().replace(/^'/, '');
  if (/^\d{4}$/.test(word)) return Number(word);
  if (/^\d{2}$/.test(word)) return Number(word) + (Number(word) < 40 ? 2000 : 1900);
  const thousand = /^two\s+thousand(?:\s+(?:and\s+)?(.+))?$/.exec(word);
  if (thousand !== null) return 2000 + (thousand[1] === undefined ? 0 : (cardinal(thousand[1]) ?? 0));
  const [century = '', ...rest] = word.split(/[\s-]+/);
  const [hundreds, more] = [cardinal(century), cardinal(rest.join(' '))];
  return hundreds === undefined || more === undefined ? undefined : hundreds * 100 + more;
}
