import { InvalidWords } from './recurrence.errors.js';
import { canonical, formatRule, parseRule, WEEKDAYS, type Rule, type Weekday } from './rule.js';
import { isLocalDate } from './wall-time.js';

const DAY_NAMES: Readonly<Record<Weekday, string>> = { MO: 'Mon', TU: 'Tue', WE: 'Wed', TH: 'Thu', FR: 'Fri', SA: 'Sat', SU: 'Sun' };
const WORKING_DAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR'];
const FREE_DAYS: readonly Weekday[] = ['SA', 'SU'];
const UNITS: Readonly<Record<Rule['freq'], string>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month' };
const ADVERBS: Readonly<Record<Rule['freq'], string>> = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly' };

/** A rule in short English words: `daily`, `weekdays`, `weekly on Tue, Thu`, `every 2 weeks on Mon`, `monthly on the last day`. Never throws for a stored rule. */
export function describeRule(rrule: string): string {
  const rule = parseRule(rrule);
  return `${pace(rule)}${place(rule)}${ending(rule)}`;
}

function pace(rule: Rule): string {
  if (rule.interval !== 1) return `every ${rule.interval} ${UNITS[rule.freq]}s`;
  if (isSet(rule.byDay, WORKING_DAYS)) return 'weekdays';
  return isSet(rule.byDay, FREE_DAYS) ? 'weekends' : ADVERBS[rule.freq];
}

function place(rule: Rule): string {
  const named = rule.interval === 1 && (isSet(rule.byDay, WORKING_DAYS) || isSet(rule.byDay, FREE_DAYS));
  if (rule.byDay.length > 0 && !named) return ` on ${rule.byDay.map((day) => DAY_NAMES[day]).join(', ')}`;
  return rule.byMonthDay.length > 0 ? ` on the ${rule.byMonthDay.map(ordinal).join(', ')}` : '';
}

function ending(rule: Rule): string {
  if (rule.count !== undefined) return `, ${rule.count} ${rule.count === 1 ? 'time' : 'times'}`;
  return rule.until === undefined ? '' : `, until ${rule.until}`;
}

function ordinal(day: number): string {
  if (day === -1) return 'last day';
  const suffix = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
}

function isSet(days: readonly Weekday[], wanted: readonly Weekday[]): boolean {
  return days.length === wanted.length && wanted.every((day) => days.includes(day));
}

/**
 * Reads what {@link describeRule} writes, and what people write instead ("every day", "every Monday", "Mon, Wed"), into an RRULE.
 * Throws {@link InvalidWords} with examples.
 */
export function ruleFromWords(words: string): string {
  const [main = '', end] = splitEnd(words.trim().toLowerCase());
  const rule = fixedWords(main) ?? everyWords(main) ?? dayWords(main);
  if (rule === undefined) throw notUnderstood();
  return formatRule(canonical({ ...rule, ...end }));
}

function notUnderstood(): InvalidWords {
  const detail = 'Write for example "daily", "weekdays", "weekly on Tue, Thu", "every 2 weeks on Mon" or "monthly on the 15th".';
  return new InvalidWords({ detail, issues: [{ pointer: '/recurring_pattern', detail }] });
}

function splitEnd(text: string): [string, { count?: number; until?: string }] {
  const times = /^(.*?),? (?:for )?(\d{1,4}) times?$/.exec(text);
  if (times?.[1] !== undefined) return [times[1], { count: Number(times[2]) }];
  const until = /^(.*?),? until (\d{4}-\d\d-\d\d)$/.exec(text);
  if (until?.[1] === undefined || until[2] === undefined) return [text, {}];
  if (!isLocalDate(until[2])) throw notUnderstood();
  return [until[1], { until: until[2] }];
}

const BARE: Rule = { freq: 'DAILY', interval: 1, byDay: [], byMonthDay: [] };

function fixedWords(text: string): Rule | undefined {
  if (['daily', 'every day', 'each day', 'every morning', 'every evening', 'nightly'].includes(text)) return BARE;
  if (['weekdays', 'every weekday', 'on weekdays', 'workdays'].includes(text)) return { ...BARE, freq: 'WEEKLY', byDay: WORKING_DAYS };
  if (['weekends', 'every weekend', 'on weekends'].includes(text)) return { ...BARE, freq: 'WEEKLY', byDay: FREE_DAYS };
  return undefined;
}

function everyWords(text: string): Rule | undefined {
  const match = /^(daily|weekly|monthly|every (?:(\d{1,3}|other) )?(day|week|month)s?)(?: on (.+))?$/.exec(text);
  if (match === null) return undefined;
  const freq = freqOf(match[3] ?? match[1] ?? '');
  const interval = match[2] === 'other' ? 2 : Number(match[2] ?? 1);
  if (interval < 1 || interval > 366) return undefined;
  const rule: Rule = { ...BARE, freq, interval };
  if (match[4] === undefined) return rule;
  if (freq === 'MONTHLY') return withMonthDays(rule, match[4]);
  const byDay = readDays(match[4]);
  return byDay === undefined || freq === 'DAILY' ? undefined : { ...rule, byDay };
}

function freqOf(word: string): Rule['freq'] {
  if (word.startsWith('da')) return 'DAILY';
  return word.startsWith('week') ? 'WEEKLY' : 'MONTHLY';
}

function dayWords(text: string): Rule | undefined {
  const byDay = readDays(text.replace(/^(every|each|on) /, ''));
  return byDay === undefined ? undefined : { ...BARE, freq: 'WEEKLY', byDay };
}

function readDays(text: string): Weekday[] | undefined {
  const words = text.split(/\s*(?:,|\band\b)\s*/).filter((word) => word !== '');
  const days = words.map((word) => WEEKDAYS.find((day) => /^[a-z]{2,}$/.test(word) && isDayName(word, DAY_NAMES[day].toLowerCase())));
  return days.length > 0 && days.every((day) => day !== undefined) ? days : undefined;
}

function isDayName(word: string, short: string): boolean {
  const full = { mon: 'monday', tue: 'tuesday', wed: 'wednesday', thu: 'thursday', fri: 'friday', sat: 'saturday', sun: 'sunday' }[short] ?? short;
  return word.startsWith(short.slice(0, 2)) && (full.startsWith(word) || word === `${full}s`);
}

function withMonthDays(rule: Rule, text: string): Rule | undefined {
  const words = text.replace(/^the /, '').split(/\s*(?:,|\band\b)\s*/);
  const days = words.map((word) => (/^last(?: day)?$/.test(word.replace(/^the /, '')) ? -1 : Number(/^(?:the )?(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1] ?? 0)));
  return days.every((day) => day === -1 || (day >= 1 && day <= 31)) ? { ...rule, byMonthDay: days } : undefined;
}
