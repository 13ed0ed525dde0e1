import { WEEKDAYS, type Weekday } from '@selfos/recurrence';

export { WEEKDAYS };

/** Monday first, as Temporal counts them (1 to 7). */
export const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const MONTH_NAMES = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
] as const;

/** Regular-expression source for one weekday, singular or plural, long or short. */
export const DAY = '(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs?(?:days?)?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?)\\b';
export const DAYS = `${DAY}(?:\\s*(?:,\\s*and|,|and|&|\\+|or|/)\\s*(?:on\\s+)?${DAY})*`;
export const NUMBER = '(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple of|an|a)';

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, two: 2, 'a couple of': 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, twelve: 12,
};

/** "three", "3" or "a" as a number; undefined when it is none. */
export function readNumber(word: string): number | undefined {
  return NUMBER_WORDS[word.toLowerCase()] ?? (/^\d+$/.test(word) ? Number(word) : undefined);
}

/** The weekdays named in a phrase, in week order, each once. */
export function readDays(phrase: string): Weekday[] {
  const named = [...phrase.toLowerCase().matchAll(new RegExp(`\\b${DAY}`, 'g'))].map(([word]) => word.slice(0, 2).toUpperCase());
  return WEEKDAYS.filter((code) => named.includes(code));
}
