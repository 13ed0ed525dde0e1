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

function everyMonths(months: number): Repeat | undefined {
  return months >= 1 && months <= 120 ? { rrule: months === 1 ? 'FREQ=MONTHLY' : `FREQ=MONTHLY;INTERVAL=${months}`, perDay: 1 } : undefined;
}

/** What is made for a quarter or a year once is no repetition: "the quarterly report". */
const NO_DELIVERABLE = '(?!\\s+(?:reports?|results?|figures?|numbers|earnings|statements?|reviews?|tax(?:es)?|targets?|goals?|plans?|budget))';

const RULES: readonly RepeatRule[] = [
  rule(`every\\s+(?:other|second|2nd)\\s+(${DAYS})`, (m) => weekly(readDays(m[1] ?? ''), 2)),
  rule(`(?:every\\s+(?:other|second|2nd)\\s+week|fortnightly|bi-?weekly|every\\s+fortnight)(?:\\s+on\\s+(${DAYS}))?`, (m) => weekly(readDays(m[1] ?? ''), 2)),
  rule(`(?:every|each)\\s+(${NUMBER})\\s+weeks?(?:\\s+on\\s+(${DAYS}))?`, (m) => weekly(readDays(m[2] ?? ''), readNumber(m[1] ?? '') ?? 1)),
  rule('every\\s+(?:other|second|2nd)\\s+day|on\\s+alternate\\s+days', () => daily(2)),
  rule(`(?:every|each)\\s+(${NUMBER})\\s+days?\\b`, (m) => daily(readNumber(m[1] ?? '') ?? 1)),
  rule('(?:(?:every|each|on)\\s+)?(?:weekdays|week\\s+days|work(?:ing)?\\s?days)|(?:every|each)\\s+(?:weekday|work(?:ing)?\\s?day)|(?:from\\s+)?mon(?:day)?\\s*(?:to|through|-|–)\\s*fri(?:day)?', () => weekly(SPREAD[5] ?? [])),
  rule('every\\s+(?:other|second|2nd)\\s+weekend', () => weekly(['SA'], 2)),
  rule(`(?:every|each)\\s+(${NUMBER})\\s+weekends`, (m) => weekly(['SA'], readNumber(m[1] ?? '') ?? 1)),
  rule(`(?:every|each)\\s+(${NUMBER})\\s+months?\\b`, (m) => everyMonths(readNumber(m[1] ?? '') ?? 0)),
  rule(`(?:every|each)\\s+(${NUMBER})\\s+years?\\b`, (m) => everyMonths(12 * (readNumber(m[1] ?? '') ?? 0))),
  rule(`(?:quarterly\\b${NO_DELIVERABLE}|(?:every|each|once\\s+a|per)\\s+quarter\\b)`, () => everyMonths(3)),
  rule(`(?:(?:semi|bi)-?\\s?annual(?:ly)?\\b${NO_DELIVERABLE}|half-?\\s?yearly\\b${NO_DELIVERABLE}|twice\\s+(?:a|per)\\s+year\\b|every\\s+(?:six|6)\\s+months)`, () => everyMonths(6)),
  rule(`(?:annually|yearly\\b${NO_DELIVERABLE}|(?:every|each|once\\s+(?:a|per))\\s+year)\\b`, () => everyMonths(12)),
  rule('(?:bi-?\\s?monthly|every\\s+(?:other|second|2nd)\\s+month)\\b', () => everyMonths(2)),
  rule('(?:(?:on|at|during)\\s+)?(?:the\\s+)?weekends', () => weekly(['SA', 'SU'])),
  rule('(?:every|each)\\s+weekend', () => weekly(['SA'])),
  rule(`(?:every|each)\\s+(${DAYS})(?:\\s+(?:mornings?|evenings?|afternoons?|nights?))?`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`(?:on\\s+)?(${DAYS})\\s+(?:mornings|evenings|afternoons|nights)\\b`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`(?:on\\s+)?((?:${DAY}\\s*(?:,\\s*and|,|and|&)\\s*)*(?:mon|tues|wednes|thurs|fri|satur|sun)days)\\b`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`(?:on\\s+)?(${DAY}(?:\\s*(?:,\\s*and|,|and|&|\\+|/)\\s*${DAY})+)`, (m) => weekly(readDays(m[1] ?? ''))),
  rule(`${TIMES}\\s+(?:a|per|each|every)\\s+(day|week|month)\\b`, timesPer),
  rule('daily\\b|every\\s+single\\s+day|(?:every|each)\\s+day|everyday\\b|nightly\\b|(?:every|each)\\s+(?:morning|evening|afternoon|night|lunch\\s?time)|(?:on|in)\\s+(?:the\\s+)?(?:mornings|evenings|afternoons)\\b', () => daily(1)),
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
