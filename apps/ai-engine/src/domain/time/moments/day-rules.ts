import { Temporal } from 'temporal-polyfill';
import { FEAST, feastIn } from './feasts.js';
import { ORDINAL, ordinal, YEAR, year } from './number-words.js';

type Day = Temporal.PlainDate;
type Groups = Readonly<Record<string, string | undefined>>;

/** The first day of that name from a day on, the day included. */
export const comingDay = (weekday: string, from: Day): Day => comingWeekday(from, weekdayOf(weekday));

export interface DayRule {
  readonly pattern: RegExp;
  readonly read: (groups: Groups, today: Day) => Day | undefined;
}

const MONTH = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
/** As in "Dec31": the name may touch the number. */
const TIGHT_MONTH = '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
export const WEEKDAY = '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday|s)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\\b\\.?';
const NUMBER = `(?:${ORDINAL}|\\d{1,2})`;
const SAID_YEAR = `(?:\\s*,?\\s*(?:of\\s+)?(?<year>${YEAR}))?`;
const LEAD = `(?:(?:this|next|last|on)\\s+)?(?:${WEEKDAY}\\s*,?\\s*(?:the\\s+)?)?\\(?`;
const MONTH_KEYS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const DAY_KEYS = 'montuewedthufrisatsun';

const rule = (source: string, read: DayRule['read']): DayRule => ({ pattern: new RegExp(`(?<![\\w/])(?:${source})(?!\\w)`, 'gi'), read });
const monthOf = (name: string): number => MONTH_KEYS.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;
const weekdayOf = (name: string): number => DAY_KEYS.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1;
const numberOf = (text: string): number => ordinal(text) ?? Number(text);
const thisWeek = (today: Day, weekday: number): Day => today.add({ days: weekday - today.dayOfWeek });
const comingWeekday = (from: Day, weekday: number): Day => from.add({ days: (weekday - from.dayOfWeek + 7) % 7 });

interface Parts {
  readonly year?: number | undefined;
  readonly month: number;
  readonly day: number;
}

/** The day with these parts; without a year the next one that exists, today included. */
export function dayWith({ year: named, month, day }: Parts, today: Day): Day | undefined {
  const years = named === undefined ? Array.from({ length: 9 }, (_, index) => today.year + index) : [named];
  for (const one of years) {
    const found = exact({ year: one, month, day });
    if (found !== undefined && (named !== undefined || Temporal.PlainDate.compare(found, today) >= 0)) return found;
  }
  return undefined;
}

function exact(parts: { year: number; month: number; day: number }): Day | undefined {
  try {
    return Temporal.PlainDate.from(parts, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

const named: DayRule['read'] = ({ month = '', day = '', year: said }, today) =>
  dayWith({ month: monthOf(month), day: numberOf(day), year: said === undefined ? undefined : year(said) }, today);

/** Month before day, unless the first number can be none. */
function numbered({ first = '', last = '', year: said }: Groups, today: Day): Day | undefined {
  const [a, b] = [Number(first), Number(last)];
  if (a === 24 && b === 7 && said === undefined) return undefined;
  const parts = a > 12 ? { day: a, month: b } : { month: a, day: b };
  return dayWith({ ...parts, year: said === undefined ? undefined : year(said) }, today);
}

/** "Monday 21": the next month whose day of that number is that weekday. */
function weekdayAndNumber({ weekday = '', day = '' }: Groups, today: Day): Day | undefined {
  const months = Array.from({ length: 24 }, (_, index) => today.with({ day: 1 }).add({ months: index }));
  const days = months.flatMap(({ year: inYear, month }) => exact({ year: inYear, month, day: numberOf(day) }) ?? []);
  return days.find((one) => one.dayOfWeek === weekdayOf(weekday) && Temporal.PlainDate.compare(one, today) >= 0);
}

function dayOfThisMonth({ day = '' }: Groups, today: Day): Day | undefined {
  const months = [0, 1, 2].map((index) => today.with({ day: 1 }).add({ months: index }));
  return months.flatMap(({ year: inYear, month }) => exact({ year: inYear, month, day: numberOf(day) }) ?? []).find((one) => Temporal.PlainDate.compare(one, today) >= 0);
}

const WEEKS: Readonly<Record<string, number>> = { next: 1, following: 1, coming: 1, last: -1, previous: -1, past: -1, this: 0, current: 0 };

function weekdayWith(groups: Groups, today: Day): Day {
  const { which = '', weekday = '' } = groups;
  const on = weekdayOf(weekday);
  if (/past$/i.test(which)) return comingWeekday(today.subtract({ days: 7 }), on);
  if (/(?:up)?coming$/i.test(which)) return comingWeekday(today.add({ days: 1 }), on);
  return thisWeek(today, on).add({ weeks: WEEKS[which.toLowerCase()] ?? 0 });
}

const inWeek: DayRule['read'] = ({ which = '', weekday = '' }, today) => thisWeek(today, weekdayOf(weekday)).add({ weeks: WEEKS[which.toLowerCase()] ?? 0 });

function feast({ which = '', feast: name = '', year: said, thatYear }: Groups, today: Day): Day | undefined {
  if (said !== undefined) return feastIn(name, year(said) ?? today.year);
  if (thatYear !== undefined) return feastIn(name, today.year + (WEEKS[thatYear.toLowerCase()] ?? 0));
  const days = [-1, 0, 1, 2].flatMap((shift) => feastIn(name, today.year + shift) ?? []);
  if (/last|previous|past/i.test(which)) return days.filter((day) => Temporal.PlainDate.compare(day, today) < 0).at(-1);
  return days.find((day) => Temporal.PlainDate.compare(day, today) >= 0);
}

const MONTHS_AWAY: Readonly<Record<string, number>> = { this: 0, next: 1, last: -1, previous: -1, following: 1, the: 0, current: 0 };

function inMonth({ day = '', which = '' }: Groups, today: Day): Day | undefined {
  const month = today.with({ day: 1 }).add({ months: MONTHS_AWAY[which.toLowerCase()] ?? 0 });
  return exact({ year: month.year, month: month.month, day: numberOf(day) });
}

const ORDERS: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5, last: -1, '1st': 1, '2nd': 2, '3rd': 3, '4th': 4, '5th': 5 };

/** "the third Tuesday of March 2020", "the last Friday of next month". */
function nthWeekday({ order = '', weekday = '', month, which, year: said }: Groups, today: Day): Day | undefined {
  const away = today.with({ day: 1 }).add({ months: MONTHS_AWAY[(which ?? 'this').toLowerCase()] ?? 0 });
  const first = month === undefined ? away : today.with({ year: said === undefined ? today.year : (year(said) ?? today.year), month: monthOf(month), day: 1 });
  const at = nthOf(first, ORDERS[order.toLowerCase()] ?? 1, weekdayOf(weekday));
  return month !== undefined && said === undefined && Temporal.PlainDate.compare(at, today) < 0 ? nthOf(first.add({ years: 1 }), ORDERS[order.toLowerCase()] ?? 1, weekdayOf(weekday)) : at;
}

function nthOf(first: Day, order: number, weekday: number): Day {
  if (order > 0) return comingWeekday(first, weekday).add({ weeks: order - 1 });
  const last = first.with({ day: first.daysInMonth });
  return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
}

const shifted = (days: number): DayRule['read'] => (_groups, today) => today.add({ days });

/** Every way to name one day; where several fit, the longest phrase is meant. */
export const DAY_RULES: readonly DayRule[] = [
  rule(`${LEAD}(?<month>${TIGHT_MONTH})\\s*[-/]?\\s*(?:the\\s+)?(?<day>${NUMBER})\\)?(?!\\d|:\\d|\\s*(?:am|pm)\\b)${SAID_YEAR}(?:\\s*\\(${WEEKDAY}\\))?`, named),
  rule(`${LEAD}(?:the\\s+)?(?<day>${NUMBER}|twenty[\\s-](?:one|two|three|four|five|six|seven|eight|nine)|thirty(?:[\\s-]one)?)(?:\\s+day)?\\s*[-/]?\\s*(?:of\\s+)?(?<month>${MONTH})${SAID_YEAR}`, (groups, today) => named({ ...groups, day: wordsToNumber(groups['day'] ?? '') }, today)),
  rule(`${LEAD}(?<month>${MONTH})[-/\\s](?<day>\\d{1,2})[-/,\\s]+(?<year>\\d{4}|'\\d{2})`, named),
  rule(`(?<day>\\d{1,2})[-/.](?<month>${TIGHT_MONTH})[-/.](?<year>\\d{4}|\\d{2})`, named),
  rule(`(?<year>\\d{4})[-/.](?<month>${TIGHT_MONTH})[-/.](?<day>\\d{1,2})`, named),
  rule(`(?<year>\\d{4})[-/.](?<day>\\d{1,2})[-/.](?<month>${TIGHT_MONTH})`, named),
  { pattern: new RegExp(`(?<!\\d)(?:${WEEKDAY}\\s*,?\\s*)?(?<year>(?:1[5-9]|20|21)\\d{2})(?<sep>[-/.\\s])(?<first>\\d{1,2})\\k<sep>(?<last>\\d{1,2})(?!\\d)`, 'gi'), read: numbered },
  rule(`${LEAD}(?<first>\\d{1,2})\\s?(?<sep>[-/.])\\s?(?<last>\\d{1,2})\\s?\\k<sep>\\s?(?<year>\\d{4}|\\d{2})\\)?`, numbered),
  rule(`(?:${LEAD}|next\\s+)(?<first>\\d{1,2})/(?<last>\\d{1,2})\\)?(?!/|\\.\\d)`, numbered),
  rule(`(?:this\\s+|next\\s+)?${WEEKDAY}\\s*,?\\s*(?<first>\\d{1,2})[.-](?<last>\\d{1,2})`, numbered),
  rule(`(?<weekday>${WEEKDAY})\\s*,?\\s*(?:the\\s+)?(?<day>${NUMBER})(?!\\s*(?::|/|\\.\\d|am|pm|a\\.m|p\\.m|a\\b|p\\b|o'?clock|weeks?|days?|months?|minutes?|hours?|-))`, weekdayAndNumber),
  rule(`(?<which>this\\s+(?:up)?coming|this\\s+past|upcoming|coming|next|following|last|previous|past|this)\\s+(?<weekday>${WEEKDAY})`, weekdayWith),
  rule(`(?<which>this|next|last|previous|following|coming)\\s+week\\s*,?\\s*(?:on\\s+)?(?<weekday>${WEEKDAY})`, inWeek),
  rule(`(?:on\\s+)?(?<weekday>${WEEKDAY})\\s+(?:of\\s+)?(?:the\\s+)?(?<which>this|next|last|previous|following|coming)\\s+week`, inWeek),
  rule(`(?<weekday>${WEEKDAY})`, ({ weekday = '' }, today) => comingWeekday(today, weekdayOf(weekday))),
  rule(`(?:the\\s+)?(?<order>first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))\\s+(?<weekday>${WEEKDAY})\\s+(?:of|in)\\s+(?:(?<which>this|next|last|the)\\s+month|(?<month>${MONTH})${SAID_YEAR})`, nthWeekday),
  rule(`the\\s+(?<day>${NUMBER})(?:\\s+day)?\\s+(?:day\\s+)?of\\s+(?<which>this|next|last|the|previous|following|current)\\s+month`, inMonth),
  rule(`(?<which>this|next|last)\\s+month\\s+(?:on\\s+)?the\\s+(?<day>${ORDINAL})`, inMonth),
  rule(`(?:the|on(?:\\s+the)?)\\s+(?<day>\\d{1,2}(?:st|nd|rd|th)|twenty[\\s-]\\w+(?:st|nd|rd|th)|thirt\\w+th)(?!\\s+(?:of|time|floor|birthday|edition|chapter|century|anniversary|grade|weeks?|months?|quarter|half|day|place))`, dayOfThisMonth),
  rule(`(?:(?<which>last|previous|past|next|following|this|coming|the)\\s+)?(?<feast>${FEAST})(?:\\s*,?\\s*(?:of\\s+)?(?:(?<year>${YEAR})|(?<thatYear>this|next|last)\\s+year))?`, feast),
  rule('next\\s+month', (_groups, today) => today.with({ day: 1 }).add({ months: 1 })),
  rule('next\\s+year', (_groups, today) => today.with({ month: 1, day: 1 }).add({ years: 1 })),
  rule('(?:the\\s+)?day\\s+after\\s+tomorrow', shifted(2)),
  rule('(?:the\\s+)?day\\s+before\\s+yesterday', shifted(-2)),
  rule("today|the\\s+(?:same\\s+)?day|otd|tonight", shifted(0)),
  rule('tomorrow|tmrw?|tmw|(?:the\\s+)?(?:next|following)\\s+day|the\\s+day\\s+after', shifted(1)),
  rule('yesterday|(?:the\\s+)?previous\\s+day|the\\s+day\\s+before|last\\s+day', shifted(-1)),
];

function wordsToNumber(text: string): string {
  const tens: Readonly<Record<string, number>> = { twenty: 20, thirty: 30 };
  const [first = '', last] = text.toLowerCase().split(/[\s-]+/);
  const ones = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].indexOf(last ?? '') + 1;
  return tens[first] === undefined || (last !== undefined && ones === 0) ? text : String(tens[first] + ones);
}
