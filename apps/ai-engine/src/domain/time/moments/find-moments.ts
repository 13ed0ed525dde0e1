import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import { CLOCK_RULES, type Clock, type DayPart, inPart, PART, partOf } from './clock-rules.js';
import { comingDay, DAY_RULES, WEEKDAY } from './day-rules.js';
import { isClockLength, type Length, LENGTH, readLength } from './lengths.js';

/** A time that a text names, in wall time of whoever speaks. A day without a year, or a bare weekday, is the coming one. */
export interface Moment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** YYYY-MM-DD; absent when only a time of day is named. */
  readonly date?: string;
  /** HH:MM:SS; absent when only a day is named. */
  readonly time?: string;
  readonly part?: DayPart;
  /** The other end of "from … to …". */
  readonly until?: Pick<Moment, 'date' | 'time' | 'part'>;
  /** Set where "after", "since", "before" or "until" stands before it. */
  readonly bound?: 'after' | 'before';
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly day?: Temporal.PlainDate;
  readonly clock?: Clock;
  readonly part?: DayPart;
  readonly bound?: 'after' | 'before';
  readonly until?: Piece;
}

type Now = Temporal.PlainDateTime;
const GLUE = /^[\s,]*(?:(?:at|on|in|the|around|about|circa|by|from|for|@|-|–|sometime|anytime|after|before)[\s,]*){0,3}$/i;
const MOST_TEXT = 4000;

/** Every moment that a text names, in order; no two overlap. Reads days, times of day, parts of days, lengths from now, and ranges of these. */
export function findMoments(text: string, now: Now): Moment[] {
  const bounded = text.slice(0, MOST_TEXT);
  const days = shiftedDays(bounded, fromDayRules(bounded, now.toPlainDate()));
  const own = longestOf([...days, ...fromClockRules(bounded), ...fromNow(bounded, now)]);
  const parts = fromParts(bounded, now.toPlainDate()).filter((part) => !own.some((piece) => overlaps(piece, part) && piece.day === undefined));
  const pieces = joined(bounded, [...withoutTonight(own, parts), ...parts].sort((a, b) => a.start - b.start));
  const rest = fromChrono(bounded, now).filter((piece) => !pieces.some((other) => overlaps(piece, other)));
  const all = [...pieces, ...rest].sort((a, b) => a.start - b.start);
  return ranged(bounded, all).map((piece) => toMoment(bounded, piece));
}

/** "this morning" and "tonight" are parts of a day that also name the day: they count once. */
const withoutTonight = (own: readonly Piece[], parts: readonly Piece[]): Piece[] => own.filter((piece) => !parts.some((part) => overlaps(piece, part)));

const overlaps = (a: Piece, b: Piece): boolean => a.start < b.end && b.start < a.end;

function fromDayRules(text: string, today: Temporal.PlainDate): Piece[] {
  return DAY_RULES.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const day = read(match.groups ?? {}, today);
      return day === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, day }];
    }),
  );
}

function fromClockRules(text: string): Piece[] {
  return CLOCK_RULES.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const clock = read(match.groups ?? {});
      return clock === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, clock }];
    }),
  );
}

function fromParts(text: string, today: Temporal.PlainDate): Piece[] {
  return [...text.matchAll(PART)].flatMap((match) => {
    const groups = match.groups ?? {};
    const part = partOf(groups);
    const isToday = groups['tonight'] !== undefined || groups['today'] !== undefined;
    return part === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, part, ...(isToday ? { day: today } : {}) }];
  });
}

function moved(day: Temporal.PlainDate, { years, months, weeks, days }: Length, sign: 1 | -1): Temporal.PlainDate {
  const whole = { months: Math.round(years * 12 + months), days: Math.round(weeks * 7 + days) };
  return sign === 1 ? day.add(whole) : day.subtract(whole);
}

const BEFORE_DAY = new RegExp(`(?<!\\w)(?<length>${LENGTH})\\s+(?<side>from|after|before|since|prior to|following)\\s+(?:the\\s+)?$`, 'i');
const AND_WEEKDAY = new RegExp(`^\\s*,?\\s*on\\s+(?:a\\s+)?(?<weekday>${WEEKDAY})`, 'i');
const LONGEST_LEAD = 80;

/** "two weeks before Christmas", "3 days from Tuesday", "two months from today on Tuesday". */
function shiftedDays(text: string, days: readonly Piece[]): Piece[] {
  return days.flatMap((piece) => {
    const from = Math.max(0, piece.start - LONGEST_LEAD);
    const match = BEFORE_DAY.exec(text.slice(from, piece.start));
    const length = readLength(match?.groups?.['length'] ?? '');
    if (match === null || piece.day === undefined || length === undefined || isClockLength(length)) return [piece];
    const day = moved(piece.day, length, /before|prior/i.test(match.groups?.['side'] ?? '') ? -1 : 1);
    return [piece, onWeekday(text, { start: from + match.index, end: piece.end, day })];
  });
}

function onWeekday(text: string, piece: Piece & { readonly day: Temporal.PlainDate }): Piece {
  const match = AND_WEEKDAY.exec(text.slice(piece.end, piece.end + LONGEST_LEAD));
  const day = match === null ? undefined : comingDay(match.groups?.['weekday'] ?? '', piece.day);
  return day === undefined || match === null ? piece : { ...piece, end: piece.end + match[0].length, day };
}

const FROM_NOW = new RegExp(`(?<!\\w)(?:(?:in|within)\\s+(?:about\\s+|around\\s+|the\\s+next\\s+)?(?<ahead>${LENGTH})(?:['’]?\\s+time)?|(?<length>${LENGTH})\\s+(?<side>ago|from\\s+now|from\\s+today|later|hence|earlier|before|back))(?!\\w)`, 'gi');
const NOW = /(?<!\w)(?:right\s+now|just\s+now|now|at\s+present|at\s+this\s+(?:time|moment)|at\s+the\s+moment)(?!\w)/gi;

function fromNow(text: string, now: Now): Piece[] {
  const lengths = [...text.matchAll(FROM_NOW)].flatMap((match) => {
    const { ahead, length: said = '', side = '' } = match.groups ?? {};
    const length = readLength(ahead ?? said);
    if (length === undefined) return [];
    const sign = /ago|earlier|before|back/i.test(side) ? -1 : 1;
    return [{ start: match.index, end: match.index + match[0].length, ...after(now, length, sign) }];
  });
  const at = { day: now.toPlainDate(), clock: clockOf(now) };
  return [...lengths, ...ofDayEnd(text, now.toPlainDate()), ...[...text.matchAll(NOW)].map((match) => ({ start: match.index, end: match.index + match[0].length, ...at }))];
}

const DAY_END = new RegExp(`(?<!\\w)(?:(?:at|by|before)\\s+)?(?:the\\s+)?(?:eod|end\\s+of\\s+(?:the\\s+)?(?:day|today|(?<tomorrow>tomorrow)|(?<weekday>${WEEKDAY})))(?!\\w)`, 'gi');

/** The last second of a day. */
function ofDayEnd(text: string, today: Temporal.PlainDate): Piece[] {
  return [...text.matchAll(DAY_END)].map((match) => {
    const { weekday, tomorrow } = match.groups ?? {};
    const day = weekday === undefined ? today.add({ days: tomorrow === undefined ? 0 : 1 }) : comingDay(weekday, today);
    return { start: match.index, end: match.index + match[0].length, day, clock: { seconds: 86_399, half: true } };
  });
}

function after(now: Now, length: Length, sign: 1 | -1): Pick<Piece, 'day' | 'clock'> {
  const day = moved(now.toPlainDate(), length, sign);
  if (length.minutes === 0 && length.seconds === 0) return { day };
  const at = day.toPlainDateTime(now.toPlainTime()).add({ seconds: sign * Math.round(length.minutes * 60 + length.seconds) });
  return { day: at.toPlainDate(), clock: clockOf(at) };
}

const clockOf = ({ hour, minute, second }: Now): Clock => ({ seconds: (hour * 60 + minute) * 60 + second, half: true });

/** Where phrases overlap the longest is meant; of equals the one that was found first. */
function longestOf(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = [];
  for (const piece of [...pieces].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!kept.some((other) => overlaps(piece, other))) kept.push(piece);
  }
  return kept;
}

/** Joins a day with the time of day beside it, and both with the part of the day. */
function joined(text: string, pieces: readonly Piece[]): Piece[] {
  const done: Piece[] = [];
  for (const piece of pieces) {
    const last = done.at(-1);
    const fits = last !== undefined && GLUE.test(text.slice(last.end, piece.start)) && agree(last, piece);
    if (fits) done[done.length - 1] = { ...merged(last, piece), ...boundIn(text.slice(last.end, piece.start)) };
    else done.push(piece);
  }
  return done;
}

const boundIn = (gap: string): Pick<Piece, 'bound'> => (/\b(?:after|since)\b/i.test(gap) ? { bound: 'after' } : /\b(?:before|until|till)\b/i.test(gap) ? { bound: 'before' } : {});

const RANGE_GAP = /^\s*(?:to|until|till|through|thru|-|–)\s*(?:the\s+)?$/i;
const BETWEEN = /\bbetween\s+(?:the\s+)?$/i;
const BOUND = /\b(?:after|since|before|until|till)\s+(?:the\s+)?$/i;

/** Makes one of two ends of a range, and notes what bounds the others. */
function ranged(text: string, pieces: readonly Piece[]): Piece[] {
  const done: Piece[] = [];
  for (const piece of pieces) {
    const last = done.at(-1);
    const gap = last === undefined ? '' : text.slice(last.end, piece.start);
    const isEnd = last !== undefined && last.until === undefined && (RANGE_GAP.test(gap) || (/^\s*and\s*(?:the\s+)?$/i.test(gap) && BETWEEN.test(text.slice(0, last.start))));
    if (isEnd) done[done.length - 1] = range(last, piece, text.slice(last.start, last.end).trim());
    else done.push({ ...piece, ...(piece.bound === undefined ? boundIn(BOUND.exec(text.slice(0, piece.start))?.[0] ?? '') : {}) });
  }
  return done;
}

/**
 * A day without a year is the coming one; a range that ends ahead may have begun in the year before. "The 9th to the 13th of April" and
 * "from 2 to 4 on Sunday" name month and day once, at the end.
 */
function range(from: Piece, until: Piece, said: string): Piece {
  const { day } = until;
  const isTurned = from.day !== undefined && day !== undefined && Temporal.PlainDate.compare(from.day, day) > 0;
  const bare = /^(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)$/i.exec(said);
  if (day !== undefined && bare !== null && Number(bare[1]) <= day.day) return { ...from, day: day.with({ day: Number(bare[1]) }), end: until.end, until };
  const begun = day !== undefined && from.day === undefined ? { day } : isTurned ? { day: from.day.subtract({ years: 1 }) } : {};
  return { ...from, ...begun, end: until.end, until };
}

function agree(a: Piece, b: Piece): boolean {
  const sameDay = a.day === undefined || b.day === undefined || a.day.equals(b.day);
  return sameDay && (a.day === undefined || b.day === undefined || b.part !== undefined || a.part !== undefined) && (a.clock === undefined || b.clock === undefined) && (a.part === undefined || b.part === undefined);
}

function merged(a: Piece, b: Piece): Piece {
  const [day, clock, part] = [a.day ?? b.day, a.clock ?? b.clock, a.part ?? b.part];
  const settled = clock === undefined || part === undefined ? clock : inPart(clock, part);
  return { start: a.start, end: b.end, ...(day === undefined ? {} : { day }), ...(settled === undefined ? {} : { clock: settled }), ...(part === undefined ? {} : { part }) };
}

/** Bare numbers, which our own rules judge; and a number with one letter, which is a measure of anything. */
const UNNAMED = /^[\d/.\s-]+$|\d\s*[a-z]\b/i;

/** What a general parser finds besides; it reads the text as if the wall clock were UTC, so that no offset of this machine comes in. */
function fromChrono(text: string, now: Now): Piece[] {
  const instant = new Date(`${now.toString({ smallestUnit: 'second' })}Z`);
  return chrono.en.casual.parse(text, { instant, timezone: 0 }, { forwardDate: true }).flatMap(({ index, text: matched, start }) => {
    const [year, month, date] = [start.get('year'), start.get('month'), start.get('day')];
    const isDay = start.isCertain('day') || start.isCertain('weekday');
    if (year === null || month === null || date === null || !isDay || UNNAMED.test(matched.trim())) return [];
    const day = Temporal.PlainDate.from({ year, month, day: date });
    const clock = start.isCertain('hour') ? { seconds: ((start.get('hour') ?? 0) * 60 + (start.get('minute') ?? 0)) * 60, half: true } : undefined;
    return [{ start: index, end: index + matched.length, day, ...(clock === undefined ? {} : { clock }) }];
  });
}

const pad = (value: number): string => String(value).padStart(2, '0');

function toMoment(text: string, piece: Piece): Moment {
  const { start, end, bound, until } = piece;
  return { text: text.slice(start, end), start, end, ...wall(piece), ...(bound === undefined ? {} : { bound }), ...(until === undefined ? {} : { until: wall(until) }) };
}

function wall({ day, clock, part }: Piece): Pick<Moment, 'date' | 'time' | 'part'> {
  const seconds = clock?.seconds;
  return {
    ...(day === undefined ? {} : { date: day.toString() }),
    ...(seconds === undefined ? {} : { time: `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}` }),
    ...(part === undefined ? {} : { part }),
  };
}
