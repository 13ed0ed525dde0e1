import { Temporal } from 'temporal-polyfill';
import { findMoments, type Moment } from './moments/find-moments.js';
import type { Found } from './repeat.js';
import { DAY, MONTH_NAMES, NUMBER, readNumber } from './words.js';

/** The days a phrase means: one day, or a span such as "next week". Both ends belong to it. */
export interface DaySpan {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
  /** True for months and seasons: "by December" is over when December begins. */
  readonly wide: boolean;
}

type Today = Temporal.PlainDate;
interface DayRule {
  readonly pattern: RegExp;
  readonly read: (match: RegExpMatchArray, today: Today) => DaySpan | undefined;
}

const MONTHS = MONTH_NAMES.join('|');
const SEASONS: Readonly<Record<string, number>> = { spring: 3, summer: 6, autumn: 9, fall: 9, winter: 12 };
const rule = (source: string, read: DayRule['read']): DayRule => ({ pattern: new RegExp(`\\b(?:${source})\\b`, 'i'), read });
const one = (day: Temporal.PlainDate): DaySpan => ({ start: day, end: day, wide: false });
const span = (start: Temporal.PlainDate, end: Temporal.PlainDate, wide = false): DaySpan => ({ start, end, wide });

const endOfMonth = (day: Temporal.PlainDate): Temporal.PlainDate => day.with({ day: day.daysInMonth });
const endOfYear = (day: Temporal.PlainDate): Temporal.PlainDate => day.with({ month: 12, day: 31 });
const sunday = (day: Temporal.PlainDate): Temporal.PlainDate => day.add({ days: 7 - day.dayOfWeek });

/** The coming month of that number; the current one when it is not over. */
function month(number: number, today: Today): DaySpan {
  const year = number < today.month ? today.year + 1 : today.year;
  const start = Temporal.PlainDate.from({ year, month: number, day: 1 });
  return span(Temporal.PlainDate.compare(start, today) < 0 ? today : start, endOfMonth(start), true);
}

const monthNumber = (name: string): number => MONTH_NAMES.findIndex((known) => known.toLowerCase() === name.toLowerCase()) + 1;

function endOf(match: RegExpMatchArray, today: Today): DaySpan | undefined {
  const next = match[1]?.toLowerCase() === 'next';
  const unit = (match[2] ?? '').toLowerCase();
  if (unit === 'week') return one(sunday(next ? today.add({ weeks: 1 }) : today));
  if (unit === 'month') return one(endOfMonth(next ? today.add({ months: 1 }) : today));
  if (unit === 'year') return one(endOfYear(next ? today.add({ years: 1 }) : today));
  return one(month(monthNumber(unit), today).end);
}

function thisOrNext(match: RegExpMatchArray, today: Today): DaySpan {
  const next = match[1]?.toLowerCase() === 'next';
  const unit = (match[2] ?? '').toLowerCase();
  if (unit === 'week') return next ? span(sunday(today).add({ days: 1 }), sunday(today).add({ days: 7 })) : span(today, sunday(today));
  if (unit === 'month') return next ? span(endOfMonth(today).add({ days: 1 }), endOfMonth(today.add({ months: 1 }))) : span(today, endOfMonth(today));
  return next ? span(endOfYear(today).add({ days: 1 }), endOfYear(today.add({ years: 1 }))) : span(today, endOfYear(today));
}

function weekend(match: RegExpMatchArray, today: Today): DaySpan {
  const last = sunday(match[1]?.toLowerCase() === 'next' ? today.add({ weeks: 1 }) : today);
  const saturday = last.subtract({ days: 1 });
  return span(Temporal.PlainDate.compare(saturday, today) < 0 ? today : saturday, last);
}

function later(match: RegExpMatchArray, today: Today): DaySpan | undefined {
  const amount = readNumber(match[1] ?? '');
  const unit = (match[2] ?? '').toLowerCase();
  if (amount === undefined || amount > 3650) return undefined;
  return one(today.add({ [unit.endsWith('s') ? unit : `${unit}s`]: amount }));
}

function feast(monthDay: { month: number; day: number }): DayRule['read'] {
  return (_match, today) => {
    const thisYear = today.with(monthDay);
    return one(Temporal.PlainDate.compare(thisYear, today) < 0 ? thisYear.add({ years: 1 }) : thisYear);
  };
}

/** The next day with that number, in the first month that has it. */
function dayOfMonth(match: RegExpMatchArray, today: Today): DaySpan | undefined {
  const number = Number(match[1]);
  const months = [0, 1, 2].map((months) => today.with({ day: 1 }).add({ months }));
  const day = months.filter((first) => number >= 1 && number <= first.daysInMonth).map((first) => first.with({ day: number })).find((at) => Temporal.PlainDate.compare(at, today) > 0);
  return day === undefined ? undefined : one(day);
}

function season(match: RegExpMatchArray, today: Today): DaySpan {
  const start = month(SEASONS[(match[1] ?? '').toLowerCase()] ?? 6, today).start;
  return span(start, endOfMonth(start.add({ months: 2 })), true);
}

const RULES: readonly DayRule[] = [
  rule(`(?:the )?end of (?:the |(this|next) )?(week|month|year|${MONTHS})`, endOf),
  rule('(?:the )?day after tomorrow', (_m, today) => one(today.add({ days: 2 }))),
  rule('today|tonight|this (?:morning|afternoon|evening)', (_m, today) => one(today)),
  rule('tomorrow', (_m, today) => one(today.add({ days: 1 }))),
  rule('(?:(?:on|over) )?(this|next|the|at the)? ?weekend', weekend),
  rule('(this|next) (week|month|year)', thisOrNext),
  rule(`(?:in|within|over the next|in the next|for the next) (${NUMBER}) (days?|weeks?|months?|years?)`, later),
  rule(`(?:in |during |by |before |until |for )(?:the )?(spring|summer|autumn|winter)`, season),
  rule('(?:on )?the (\\d{1,2})(?:st|nd|rd|th)(?! (?:of|time|floor|birthday|edition|chapter))', dayOfMonth),
  rule('christmas', feast({ month: 12, day: 25 })),
  rule("new year(?:'?s)?(?: eve)?", feast({ month: 12, day: 31 })),
  rule(`(?<=\\b(?:in|by|before|until|during|this|next) )(${MONTHS})(?! \\d)`, (m, today) => month(monthNumber(m[1] ?? ''), today)),
];

/** Numbers and words that mean a day only among other things. */
const NO_DAY = /^(?:[\d\s./-]{1,5}|sun|sat|mar|may|second|now|right now|at present)$/i;
const BY_THE_CLOCK = /\b(?:ago|minutes?|mins?|hours?|hrs?|seconds?|secs?|now|earlier)\b/i;

/** The days that a text names besides: none that is past, and none counted by the clock. */
function daysIn(text: string, today: Today): (Moment & { readonly date: string })[] {
  return findMoments(text, today.toPlainDateTime('12:00')).flatMap((moment) => {
    const { date, text: phrase } = moment;
    const isDay = date !== undefined && date >= today.toString() && !NO_DAY.test(phrase.trim()) && !BY_THE_CLOCK.test(phrase);
    return isDay ? [{ ...moment, date }] : [];
  });
}

/** Reads "Friday", "in two weeks", "March 20" or "this weekend" from `today`; undefined when no day is named. */
export function readDay(phrase: string, today: Temporal.PlainDate): DaySpan | undefined {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(phrase);
    const days = match === null ? undefined : read(match, today);
    if (days !== undefined) return days;
  }
  const [named] = daysIn(phrase, today);
  if (named === undefined) return undefined;
  const start = Temporal.PlainDate.from(named.date);
  const until = named.until?.date;
  return until === undefined || until < named.date ? one(start) : span(start, Temporal.PlainDate.from(until));
}

/** The first phrase in the text that names a day, without the word "by" or "on" before it. */
export function findDay(text: string, today: Temporal.PlainDate): Found | undefined {
  const own = RULES.map(({ pattern }) => pattern.exec(text)).find((match) => match !== null);
  const weekday = new RegExp(`\\b(?:(?:this|next|on) )?${DAY}`, 'i').exec(text);
  const [named] = daysIn(text, today);
  if (own !== null && own !== undefined) return { text: own[0], start: own.index, end: own.index + own[0].length };
  if (named !== undefined) return { text: named.text, start: named.start, end: named.end };
  return weekday === null || weekday[0].length < 6 ? undefined : { text: weekday[0], start: weekday.index, end: weekday.index + weekday[0].length };
}
