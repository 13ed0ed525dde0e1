import { InvalidRule } from './recurrence.errors.js';
import { isLocalDate } from './wall-time.js';

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** The part of RFC 5545 that SelfOS plans with: every n days, weeks (by day) or months (by day of the month). */
export interface Rule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  readonly interval: number;
  /** Only with WEEKLY, in the order of the week; empty: the weekday of the first date. */
  readonly byDay: readonly Weekday[];
  /** Only with MONTHLY: 1 to 31, or -1 for the last day; empty: the day of the first date. A month without that day is skipped. */
  readonly byMonthDay: readonly number[];
  readonly count?: number;
  /** The last local date, inclusive, `YYYY-MM-DD`. */
  readonly until?: string;
}

const KNOWN = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL', 'WKST'];
const LONGEST_INTERVAL = 366;
const LARGEST_COUNT = 10_000;

function fail(detail: string): never {
  throw new InvalidRule({ detail, issues: [{ pointer: '/recurring_pattern', detail }] });
}

/**
 * Reads an RRULE value (with or without the `RRULE:` prefix) into its canonical form.
 * Throws {@link InvalidRule}, saying which part is wrong and what to write instead.
 */
export function parseRule(text: string): Rule {
  const parts = splitParts(text);
  const freq = readFreq(parts.get('FREQ'));
  const rule: Rule = {
    freq,
    interval: readNumber('INTERVAL', parts.get('INTERVAL'), LONGEST_INTERVAL) ?? 1,
    byDay: readByDay(parts.get('BYDAY')),
    byMonthDay: readByMonthDay(parts.get('BYMONTHDAY')),
    ...readEnd(parts),
  };
  if (parts.has('WKST') && parts.get('WKST') !== 'MO') fail('WKST can only be MO: weeks start on Monday.');
  return canonical(rule);
}

/** The one text of a rule, e.g. `FREQ=WEEKLY;BYDAY=TU,TH`. Equal rules have equal texts. */
export function formatRule(rule: Rule): string {
  const parts: string[] = [`FREQ=${rule.freq}`];
  if (rule.interval !== 1) parts.push(`INTERVAL=${rule.interval}`);
  if (rule.byDay.length > 0) parts.push(`BYDAY=${rule.byDay.join(',')}`);
  if (rule.byMonthDay.length > 0) parts.push(`BYMONTHDAY=${rule.byMonthDay.join(',')}`);
  if (rule.count !== undefined) parts.push(`COUNT=${rule.count}`);
  if (rule.until !== undefined) parts.push(`UNTIL=${rule.until.replaceAll('-', '')}`);
  return parts.join(';');
}

/** The canonical text of any accepted RRULE text; throws {@link InvalidRule}. */
export function canonicalRule(text: string): string {
  return formatRule(parseRule(text));
}

/** Makes a rule canonical: days in the order of the week, daily on given days as weekly, weekly on all seven as daily. */
export function canonical(rule: Rule): Rule {
  if (rule.byDay.length > 0 && rule.freq === 'MONTHLY') fail('With FREQ=MONTHLY use BYMONTHDAY, e.g. BYMONTHDAY=15 or BYMONTHDAY=-1.');
  if (rule.byMonthDay.length > 0 && rule.freq !== 'MONTHLY') fail('BYMONTHDAY needs FREQ=MONTHLY.');
  if (rule.freq === 'DAILY' && rule.byDay.length > 0 && rule.interval !== 1) fail('BYDAY with FREQ=DAILY cannot have an INTERVAL; use FREQ=WEEKLY.');
  const byDay = WEEKDAYS.filter((day) => rule.byDay.includes(day));
  const everyDay = byDay.length === WEEKDAYS.length;
  if (rule.freq === 'DAILY' && byDay.length > 0 && !everyDay) return { ...rule, freq: 'WEEKLY', byDay };
  if (everyDay && rule.interval === 1) return { ...rule, freq: 'DAILY', byDay: [] };
  return { ...rule, byDay, byMonthDay: [...new Set(rule.byMonthDay)].sort(lastDayLast) };
}

function lastDayLast(a: number, b: number): number {
  return (a === -1 ? 32 : a) - (b === -1 ? 32 : b);
}

function splitParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().replace(/^RRULE:/, '').split(';')) {
    const [name = '', value, ...rest] = part.split('=');
    if (value === undefined || value === '' || rest.length > 0) fail('Write the rule as NAME=value pairs with ";" between them, e.g. FREQ=WEEKLY;BYDAY=TU,TH.');
    if (!KNOWN.includes(name)) fail(`A rule can have ${KNOWN.join(', ')}; it has another part.`);
    if (parts.has(name)) fail(`${name} stands there twice.`);
    parts.set(name, value);
  }
  return parts;
}

function readFreq(value: string | undefined): Rule['freq'] {
  if (value === 'DAILY' || value === 'WEEKLY' || value === 'MONTHLY') return value;
  return fail('FREQ must be DAILY, WEEKLY or MONTHLY.');
}

function readNumber(name: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) fail(`${name} must be a whole number from 1 to ${most}.`);
  return number;
}

function readByDay(value: string | undefined): Weekday[] {
  return (value?.split(',') ?? []).map((name) => WEEKDAYS.find((day) => day === name) ?? fail(`BYDAY takes ${WEEKDAYS.join(', ')}, with "," between them.`));
}

function readByMonthDay(value: string | undefined): number[] {
  return (value?.split(',') ?? []).map((text) => {
    const day = /^(-1|\d{1,2})$/.test(text) ? Number(text) : 0;
    return day === -1 || (day >= 1 && day <= 31) ? day : fail('BYMONTHDAY takes days from 1 to 31, or -1 for the last day.');
  });
}

function readEnd(parts: Map<string, string>): { count?: number; until?: string } {
  const count = readNumber('COUNT', parts.get('COUNT'), LARGEST_COUNT);
  const until = parts.get('UNTIL');
  if (count !== undefined && until !== undefined) fail('A rule ends by COUNT or by UNTIL, not by both.');
  if (until === undefined) return count === undefined ? {} : { count };
  const date = until.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  if (!isLocalDate(date)) fail('UNTIL must be the last date, e.g. UNTIL=20261231.');
  return { until: date };
}
