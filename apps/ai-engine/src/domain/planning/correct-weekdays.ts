import { Temporal } from 'temporal-polyfill';
import { DAY_NAMES, MONTH_NAMES } from '../time/words.js';

const DAYS = DAY_NAMES.join('|');
const MONTHS = MONTH_NAMES.join('|');
const PAIRS = [
  new RegExp(`\\b(?<weekday>${DAYS})(?<between>,? (?:the )?)(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>${MONTHS})(?:,? (?<year>\\d{4}))?`, 'gi'),
  new RegExp(`\\b(?<weekday>${DAYS})(?<between>,? )(?<month>${MONTHS}) (?<day>\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (?<year>\\d{4}))?`, 'gi'),
] as const;

/** Puts the right weekday before every date in a text, as the calendar has it; a date without a year is the next one. */
export function correctWeekdays(text: string, today: Temporal.PlainDate): string {
  return PAIRS.reduce((corrected, pattern) => corrected.replace(pattern, (...match: unknown[]) => withRightDay(match, today)), text);
}

function withRightDay(match: readonly unknown[], today: Temporal.PlainDate): string {
  const whole = String(match[0]);
  const groups = match.at(-1) as Readonly<Record<string, string | undefined>>;
  const right = weekdayOf(groups, today);
  return right === undefined ? whole : `${right}${whole.slice((groups['weekday'] ?? '').length)}`;
}

function weekdayOf(groups: Readonly<Record<string, string | undefined>>, today: Temporal.PlainDate): string | undefined {
  const month = MONTH_NAMES.findIndex((name) => name.toLowerCase() === groups['month']?.toLowerCase()) + 1;
  try {
    const date = Temporal.PlainDate.from({ year: Number(groups['year'] ?? today.year), month, day: Number(groups['day']) }, { overflow: 'reject' });
    const meant = groups['year'] === undefined && Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date;
    return DAY_NAMES[meant.dayOfWeek - 1];
  } catch {
    return undefined;
  }
}
