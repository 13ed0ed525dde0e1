import type { Weekday } from '@selfos/recurrence';
import { DAY, DAYS, NUMBER, readDays, readNumber } from './words.js';

/** How something comes back. */
export interface Repeat {
  /** RFC 5545 RRULE value: daily, weekly or by day. A weekly rule without BYDAY takes the day of its first date. */
  readonly rrule: string;
  /** Times on each of its days; 2 for "twice a day". */
  readonly perDay: number;
  /** What the rule had to be bent to, in words, when it cannot say exactly what was asked. */
  readonly approximation?: string;
}

interface RepeatRule {
  readonly pattern: RegExp;
  readonly read: (match: RegExpMatchArray) => Repeat | undefined;
}

const SPREAD: Readonly<Record<number, readonly Weekday[]>> = {
  2: ['TU', 'FR'],
  3: ['MO', 'WE', 'FR'],
  4: ['MO', 'TU', 'TH', 'FR'],
  5: ['MO', 'TU', 'WE', 'TH', 'FR'],
  6: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'],
};
const MOST_A_DAY = 6;
const TIMES = `(once|twice|thrice|${NUMBER}\\s*(?:times|x))`;
const rule = (source: string, read: RepeatRule['read']): RepeatRule => ({ pattern: new RegExp(`\\b(?:${source})`, 'i'), read });
const fixed = (rrule: string, approximation?: string): (() => Repeat) => () => ({ rrule, perDay: 1, ...(approximation === undefined ? {} : { approximation }) });

function weekly(days: readonly Weekday[], interval = 1): Repeat {
  const step = interval === 1 ? '' : `;INTERVAL=${interval}`;
  return { rrule: `FREQ=WEEKLY${step}${days.length === 0 ? '' : `;BYDAY=${days.join()}`}`, perDay: 1 };
}

function daily(interval: number): Repeat {
  return { rrule: interval === 1 ? 'FREQ=DAILY' : `FREQ=DAILY;INTERVAL=${interval}`, perDay: 1 };
}

function monthly(day: number): Repeat | undefined {
  return day > 31 || day === 0 ? undefined : { rrule: `FREQ=MONTHLY;BYMONTHDAY=${day}`, perDay: 1 };
}

function timesPer(match: RegExpMatchArray): Repeat | undefined {
  const word = (match[1] ?? '').toLowerCase();
  const times = { once: 1, twice: 2, thrice: 3 }[word] ?? readNumber(word.replace(/\s*(?:times|x)$/, ''));
  const unit = (match[2] ?? '').toLowerCase();
  if (times === undefined || times < 1) return undefined;
  if (unit === 'day') return { rrule: 'FREQ=DAILY', perDay: Math.min(times, MOST_A_DAY), ...(times > MOST_A_DAY ? { approximation: `${MOST_A_DAY} times a day` } : {}) };
  if (unit === 'week') return times >= 7 ? daily(1) : weekly(SPREAD[times] ?? []);
  if (times === 1) return { rrule: 'FREQ=MONTHLY', perDay: 1 };
  const weeks = Math.max(1, Math.round(4 / times));
  return { ...weekly([], weeks), approximation: weeks === 1 ? 'every week' : `every ${weeks} weeks` };
}

const RULES: readonly RepeatRule[] = [
  rule(`every\\s+(?:other|second|2nd)\\s+(${DAYS})`, (m) => weekly(readDays(m[1] ?? ''), 2)),
  rule(`(?:every\\s+(?:other|second|2nd)\\s+week|fortnightly|bi-?weekly|every\\s+fortnight)(?:\\s+on\\s+(${DAYS}))?`, (m) => weekly(readDays(m[1] ?? ''), 2)),
  rule(`every\\s+(${NUMBER})\\s+weeks(?:\\s+on\\s+(${DAYS}))?`, (m) => weekly(readDays(m[2] ?? ''), readNumber(m[1] ?? '') ?? 1)),
  rule('every\\s+(?:other|second|2nd)\\s+day|on\\s+alternate\\s+days', () => daily(2)),
  rule(`every\\s+(${NUMBER})\\s+days`, (m) => daily(readNumber(m[1] ?? '') ?? 1)),
  rule('(?:(?:every|each|on)\\s+)?(?:weekdays|week\\s+days|work(?:ing)?\\s?days)|(?:every|each)\\s+(?:weekday|work(?:ing)?\\s?day)|(?:from\\s+)?mon(?:day)?\\s*(?:to|through|-|–)\\s*fri(?:day)?', () => weekly(SPREAD[5] ?? [])),
  rule('(?:(?:on|at|during)\\s+)?(?:the\\s+)?weekends', () => weekly(['SA', 'SU'])),
  rule('(?:every|each)\\s+weekend', () => weekly(['SA'])),
  rule(`(?:every|each)\\s+(${DAYS})(?:\\s+(?:mornings?|evenings?|afternoons?|nights?))?`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`(?:on\\s+)?(${DAYS})\\s+(?:mornings|evenings|afternoons|nights)\\b`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`(?:on\\s+)?((?:${DAY}\\s*(?:,\\s*and|,|and|&)\\s*)*(?:mon|tues|wednes|thurs|fri|satur|sun)days)\\b`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`(?:on\\s+)?(${DAY}(?:\\s*(?:,\\s*and|,|and|&|\\+|/)\\s*${DAY})+)`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`${TIMES}\\s+(?:a|per|each|every)\\s+(day|week|month)\\b`, timesPer),
  rule('daily\\b|every\\s+single\\s+day|(?:every|each)\\s+day|everyday\\b|nightly\\b|(?:every|each)\\s+(?:morning|evening|afternoon|night|lunch\\s?time)', () => daily(1)),
  rule('(?:a|per)\\s+day\\b', () => daily(1)),
  rule('weekly\\b|(?:every|each|per)\\s+week\\b|a\\s+week\\b', () => weekly([])),
  rule('(?:on\\s+)?(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)\\s+(?:day\\s+)?of\\s+(?:every|each|the)\\s+month\\b', (m) => monthly(Number(m[1]))),
  rule('(?:on\\s+)?(?:the\\s+)?(first|last)\\s+(?:day\\s+)?of\\s+(?:every|each|the)\\s+month\\b', (m) => monthly(m[1]?.toLowerCase() === 'last' ? -1 : 1)),
  rule('(?:monthly|(?:every|each)\\s+month)\\s+on\\s+the\\s+(\\d{1,2})(?:st|nd|rd|th)\\b', (m) => monthly(Number(m[1]))),
  rule('monthly\\b|(?:every|each|per|a)\\s+month\\b', fixed('FREQ=MONTHLY')),
  rule('(?:every|each)\\s+hour|hourly', fixed('FREQ=DAILY', 'once a day')),
];

export interface Found {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The first phrase in the text that says how often, by the most exact rule that fits; undefined when there is none. */
export function findRepeat(text: string): Found | undefined {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(text);
    if (match !== null && read(match) !== undefined) return { text: match[0], start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** Reads a phrase such as "every other Tuesday" or "3 times a week"; undefined when it says nothing of repetition. */
export function readRepeat(phrase: string): Repeat | undefined {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(phrase);
    const repeat = match === null ? undefined : read(match);
    if (repeat !== undefined) return repeat;
  }
  return undefined;
}
