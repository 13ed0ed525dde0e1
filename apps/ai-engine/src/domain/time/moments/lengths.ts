import { AMOUNT, amount } from './number-words.js';

/** A length of time as it was said: calendar parts and clock parts; years may be broken. */
export interface Length {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly minutes: number;
  readonly seconds: number;
}

const UNIT = '(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|business days?|working days?|days?|nights?|fortnights?|weeks?|wks?|months?|years?|yrs?|decades?)';
const PART = `(?:${AMOUNT}\\s*-?\\s*${UNIT}(?:\\s+and\\s+(?:a\\s+)?half)?|(?:all|full|whole|entire)[\\s-]+(?:day|week|month|year))`;
/** Regular-expression source of a length: "2 years 1 month and 21 days", "half an hour", "a fortnight". */
export const LENGTH = `${PART}(?:(?:\\s*,)?\\s+(?:and\\s+)?${PART})*`;

const NOTHING: Length = { years: 0, months: 0, weeks: 0, days: 0, minutes: 0, seconds: 0 };

function partOf(unit: string, value: number): Partial<Length> {
  if (/^s/.test(unit)) return { seconds: value };
  if (/^mi/.test(unit)) return { minutes: value };
  if (/^h/.test(unit)) return { minutes: value * 60 };
  if (/day|^ni/.test(unit)) return { days: value };
  if (/^f/.test(unit)) return { weeks: 2 * value };
  if (/^w/.test(unit)) return { weeks: value };
  if (/^mo/.test(unit)) return { months: value };
  return { years: /^de/.test(unit) ? value * 10 : value };
}

/** Reads a phrase of LENGTH; undefined when an amount of it is none. */
export function readLength(phrase: string): Length | undefined {
  let length = NOTHING;
  for (const match of phrase.replace(/\b(?:all|full|whole|entire)[\s-]+(?=\w)/gi, 'a ').replaceAll('½', 'half ').matchAll(new RegExp(`(${AMOUNT})\\s*-?\\s*(${UNIT})\\b(\\s+and\\s+(?:a\\s+)?half)?`, 'gi'))) {
    const value = amount(match[1] ?? '');
    if (value === undefined) return undefined;
    length = sum(length, partOf((match[2] ?? '').toLowerCase(), value + (match[3] === undefined ? 0 : 0.5)));
  }
  return length === NOTHING ? undefined : length;
}

function sum(a: Length, b: Partial<Length>): Length {
  const total = (name: keyof Length): number => a[name] + (b[name] ?? 0);
  return { years: total('years'), months: total('months'), weeks: total('weeks'), days: total('days'), minutes: total('minutes'), seconds: total('seconds') };
}

/**
 * Seconds in it, a month counted as 30 days and a year as 365.
 * @public
 */
export function secondsOf({ years, months, weeks, days, minutes, seconds }: Length): number {
  return ((years * 365 + months * 30 + weeks * 7 + days) * 1440 + minutes) * 60 + seconds;
}

/** True when it is counted by the clock and not by the calendar. */
export function isClockLength({ years, months, weeks, days }: Length): boolean {
  return years === 0 && months === 0 && weeks === 0 && days === 0;
}
