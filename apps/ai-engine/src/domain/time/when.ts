import type { Temporal } from 'temporal-polyfill';
import { findClockTimes, readClockTime } from './clock-time.js';
import { findDay, readDay } from './day.js';
import { findDuration, readMinutes } from './duration.js';
import { findRepeat, type Found } from './repeat.js';

/**
 * When, as phrases: what a model may say of time. Code turns them into dates (see resolve-schedule), a model never does.
 * Example: `{repeat: 'every other Tuesday', at: 'at 6pm'}`, `{day: 'tomorrow'}`, `{due: 'by Friday'}`.
 */
export interface When {
  readonly repeat?: string | undefined;
  readonly at?: string | undefined;
  readonly day?: string | undefined;
  /** With the word before it: "by Friday", "before 1 April", "until June". */
  readonly due?: string | undefined;
}

export interface WhenFound {
  readonly when: When;
  readonly minutes?: number;
  /** The text without its phrases of time. */
  readonly rest: string;
}

const DUE_WORD = /\b(?:by|before|until|till|due(?:\s+(?:on|by))?|no later than|not later than)\s+(?:the\s+)?/gi;
const MOST_DUE_WORDS = 5;
const DAY_WORD = /\b(?:on|in|during|for|at|from|starting|start|beginning|this coming)\s+(?:the\s+)?$/i;
const FILLER = /\b(?:regularly|consistently|more often|from now on|as a habit|these days|lately)\b/gi;

function blank(text: string, found: Found): string {
  return `${text.slice(0, found.start).trimEnd()} ${text.slice(found.end).trimStart()}`.trim();
}

function widened(text: string, found: Found, word: RegExp): Found | undefined {
  const before = word.exec(text.slice(0, found.start));
  return before === null ? undefined : { text: text.slice(before.index, found.end), start: before.index, end: found.end };
}

/** Finds every phrase of time in a sentence and takes it out of the text. */
export function findWhen(sentence: string, today: Temporal.PlainDate): WhenFound {
  let rest = sentence;
  const take: Take = (found) => {
    if (found !== undefined) rest = blank(rest, found);
    return found?.text.trim();
  };
  const clocks = findClockTimes(rest).map((found) => found.text.trim());
  const exactClock = findClockTimes(rest)[0];
  const range = exactClock === undefined ? undefined : readClockTime(exactClock.text)?.minutes;
  if (exactClock !== undefined && /\d|\bnoon\b|midnight|past|\bto\b/i.test(exactClock.text)) take(exactClock);
  const duration = findDuration(rest);
  const minutes = duration === undefined ? range : readMinutes(duration.text);
  take(duration);
  const repeat = take(findRepeat(rest));
  const { day, due } = findDays(rest, today, take);
  for (const found of findClockTimes(rest).reverse()) take(found);
  const at = clocks.length === 0 ? undefined : [...new Set(clocks)].join(' ');
  return { when: { repeat, at, day, due }, ...(minutes === undefined ? {} : { minutes }), rest: tidy(rest) };
}

type Take = (found: Found | undefined) => string | undefined;

function findDays(text: string, today: Temporal.PlainDate, take: Take): Pick<When, 'day' | 'due'> {
  const due = findDue(text, today);
  const rest = due === undefined ? text : blank(text, due);
  const found = findDay(rest, today);
  const day = found === undefined || (due !== undefined && isAfter(found.text, due.text, today)) ? undefined : (widened(rest, found, DAY_WORD) ?? found);
  return { due: take(due), day: take(day) };
}

/** The first day with "by", "before" or "until" in front of it. */
function findDue(text: string, today: Temporal.PlainDate): Found | undefined {
  for (const word of [...text.matchAll(DUE_WORD)].slice(0, MOST_DUE_WORDS)) {
    const end = word.index + word[0].length;
    const day = findDay(text.slice(end), today) ?? findDay(text.slice(word.index), today);
    const from = findDay(text.slice(end), today) === undefined ? word.index : end;
    if (day !== undefined && from + day.start <= end) return { text: text.slice(word.index, from + day.end), start: word.index, end: from + day.end };
  }
  return undefined;
}

/** "Book flights for 3 June by Friday": what comes after the due day is what it is about, not when. */
function isAfter(day: string, due: string, today: Temporal.PlainDate): boolean {
  const [named, last] = [readDay(day, today), readDay(due, today)];
  return named !== undefined && last !== undefined && named.start.since(last.end).days > 0;
}

/** Removes what the phrases leave behind: double spaces, hanging commas and prepositions. */
export function tidy(text: string): string {
  return text
    .replace(FILLER, ' ')
    .replace(/(?<=^|\s)['’]s\b/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;!?])/g, '$1')
    .replace(/(?:[\s,;:.!]|\b(?:on|at|for|by|in|from|and|starting|due|during|of|the)\b)+$/i, '')
    .replace(/^[\s,;:.?!]+|[?!]+$/g, '')
    .trim();
}
