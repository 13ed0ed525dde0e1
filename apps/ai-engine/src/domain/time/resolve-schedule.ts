import { firstDate, formatRule, parseRule, WEEKDAYS } from '@selfos/recurrence';
import { Temporal } from 'temporal-polyfill';
import { readClockTime, readDelay, type ClockTime } from './clock-time.js';
import { readDay, type DaySpan } from './day.js';
import { readRepeat, type Repeat } from './repeat.js';
import type { Schedule } from './schedule.js';
import type { When } from './when.js';

export interface Moment {
  /** Domain time, epoch milliseconds. */
  readonly nowMs: number;
  /** IANA zone. */
  readonly zone: string;
}

export interface Resolved {
  readonly schedule: Schedule;
  /** Times on each of its days. */
  readonly perDay: number;
  /** A second wall time that was named for the same days. */
  readonly also?: string;
  /** Minutes that a range such as "from 9 to 11" names. */
  readonly minutes?: number;
  /** What could not be kept exactly, in words. */
  readonly approximation?: string;
}

const MONDAY_FIRST_WEEK_DAYS = 7;
const SOON_DAYS = 7;
const USUAL_TIME = '09:00';

export function localNow(moment: Moment): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment.nowMs).toZonedDateTimeISO(moment.zone).toPlainDateTime();
}

export function todayOf(moment: Moment): Temporal.PlainDate {
  return localNow(moment).toPlainDate();
}

/** The last day on which something due "by Friday", "before 1 April" or "by December" still counts. */
export function dueDay(phrase: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const days = readDay(phrase, today);
  if (days === undefined) return undefined;
  const edge = days.wide ? days.start : days.end;
  const exclusive = /^before\b/i.test(phrase.trim()) && !/\bend of\b/i.test(phrase);
  const last = exclusive || (days.wide && /^(?:by|until|till)\b/i.test(phrase.trim())) ? edge.subtract({ days: 1 }) : edge;
  return Temporal.PlainDate.compare(last, today) < 0 ? today : last;
}

/**
 * Turns phrases into a schedule in the person's zone: the only place where a date is computed.
 * `fallback` fills in what was not said. The first date is never in the past, nor today at a time that has gone by.
 */
export function resolveSchedule(when: When, fallback: When, moment: Moment): Resolved {
  const delayed = delayedSchedule(when, moment);
  if (delayed !== undefined) return { schedule: delayed, perDay: 1 };
  const clock = clockOf(when, fallback);
  const time = clock?.time ?? USUAL_TIME;
  const once = when.day !== undefined || when.due !== undefined;
  const repeat = readRepeat(when.repeat ?? (once ? '' : (fallback.repeat ?? '')));
  const settled = repeat === undefined ? single(when, fallback, { ...moment, time }) : recurring(repeat, when, { ...moment, time });
  return {
    schedule: { ...settled, time, zone: moment.zone },
    perDay: repeat?.perDay ?? 1,
    ...known({ also: clock?.also, minutes: clock?.minutes, approximation: repeat?.approximation }),
  };
}

/** "In two hours", to the minute. */
function delayedSchedule(when: When, moment: Moment): Schedule | undefined {
  const minutes = when.repeat === undefined && when.day === undefined ? readDelay(when.at ?? '') : undefined;
  if (minutes === undefined) return undefined;
  const at = localNow({ ...moment, nowMs: moment.nowMs + minutes * 60_000 });
  return { date: at.toPlainDate().toString(), time: at.toPlainTime().toString({ smallestUnit: 'minute' }), zone: moment.zone };
}

/** The first phrase that names a time of day, in the order of how exactly each is meant. */
function clockOf(when: When, fallback: When): ClockTime | undefined {
  const phrases = [when.at ?? when.repeat, when.day, fallback.at];
  return phrases.map((phrase) => readClockTime(phrase ?? '')).find((clock) => clock !== undefined);
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function known<T extends object>(values: T): Known<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Known<T>;
}

type Dated = Omit<Schedule, 'time' | 'zone'>;
type Timed = Moment & { readonly time: string };

/** Today while the time is still ahead, else tomorrow. */
function nextFree(timed: Timed): Temporal.PlainDate {
  const now = localNow(timed);
  return timed.time > now.toPlainTime().toString({ smallestUnit: 'minute' }) ? now.toPlainDate() : now.toPlainDate().add({ days: 1 });
}

function latest(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a;
}

function recurring(repeat: Repeat, when: When, timed: Timed): Dated {
  const today = todayOf(timed);
  const named = when.day === undefined ? undefined : readDay(when.day, today);
  const start = latest(named?.start ?? today, nextFree(timed));
  const from = withWholeFirstWeek(repeat.rrule, start, named);
  const until = when.due !== undefined && /^(?:until|till)/i.test(when.due) ? dueDay(when.due, today) : horizonOf(when.day, named);
  const rrule = until === undefined || Temporal.PlainDate.compare(until, from) < 0 ? repeat.rrule : `${repeat.rrule};UNTIL=${until.toString().replaceAll('-', '')}`;
  const due = when.due === undefined ? undefined : dueDay(when.due, today);
  const date = firstDate({ startDate: from.toString(), rrule }) ?? from.toString();
  return { rrule: withOwnDay(rrule, date), date, ...(due === undefined ? {} : { due: due.toString() }) };
}

/** A weekly or monthly rule that names no day gets the one it starts on. */
function withOwnDay(rrule: string, date: string): string {
  const rule = parseRule(rrule);
  const start = Temporal.PlainDate.from(date);
  if (rule.freq === 'WEEKLY' && rule.byDay.length === 0) return formatRule({ ...rule, byDay: WEEKDAYS.slice(start.dayOfWeek - 1, start.dayOfWeek) });
  if (rule.freq === 'MONTHLY' && rule.byMonthDay.length === 0) return formatRule({ ...rule, byMonthDay: [start.day] });
  return formatRule(rule);
}

/** "for the next 30 days" ends a series; "tomorrow" only starts it. */
function horizonOf(phrase: string | undefined, named: DaySpan | undefined): Temporal.PlainDate | undefined {
  return phrase !== undefined && /\bnext\s+\S+\s+(?:days?|weeks?|months?)/i.test(phrase) ? named?.end : undefined;
}

/** A rule that skips weeks starts in the week of its first day: "every other Tuesday", said on a Wednesday, starts next Tuesday. */
function withWholeFirstWeek(rrule: string, start: Temporal.PlainDate, named: DaySpan | undefined): Temporal.PlainDate {
  if (named !== undefined || !rrule.includes('INTERVAL') || !rrule.includes('BYDAY')) return start;
  const plain = rrule.replace(/;INTERVAL=\d+/, '');
  const first = firstDate({ startDate: start.toString(), rrule: plain });
  return first === undefined ? start.add({ days: MONDAY_FIRST_WEEK_DAYS }) : Temporal.PlainDate.from(first);
}

function single(when: When, fallback: When, timed: Timed): Dated {
  const today = todayOf(timed);
  const due = when.due === undefined ? undefined : dueDay(when.due, today);
  const named = readDay(when.day ?? (due === undefined ? (fallback.day ?? '') : ''), today);
  if (named === undefined) return due === undefined ? { date: nextFree(timed).toString() } : { date: ahead(due, timed).toString(), due: due.toString() };
  const wide = Temporal.PlainDate.compare(named.end, named.start) > 0;
  const last = due ?? (wide ? named.end : undefined);
  const date = wide && named.end.since(named.start).days > SOON_DAYS ? ahead(named.end, timed) : latest(named.start, wide ? nextFree(timed) : named.start);
  return { date: date.toString(), ...(last === undefined ? {} : { due: last.toString() }) };
}

/** A day to do something that is due: the day before, or in a week when there is more time than that. */
function ahead(due: Temporal.PlainDate, timed: Timed): Temporal.PlainDate {
  const free = nextFree(timed);
  const eve = due.subtract({ days: 1 });
  const inAWeek = todayOf(timed).add({ days: SOON_DAYS });
  const day = Temporal.PlainDate.compare(eve, inAWeek) < 0 ? eve : inAWeek;
  return Temporal.PlainDate.compare(day, free) < 0 ? (Temporal.PlainDate.compare(free, due) > 0 ? due : free) : day;
}
