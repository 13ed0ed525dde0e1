import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { monthComesAfter } from './month-days.js';
import { formatRule, parseRule, WEEKDAYS, type Rule } from './rule.js';
import { addDays, checkLocalDate, instantOf, localDateAt, weekdayOf, type LocalDate, type WallTime } from './wall-time.js';

/** When something happens: once on `startDate`, or by `rrule` from `startDate` on, at a wall time in a zone. */
export interface Schedule {
  readonly startDate: LocalDate;
  readonly rrule?: string | undefined;
  readonly wallTime: WallTime;
  readonly zone: string;
}

/** One time that a schedule comes due: the date it stands for, and the instant at which it fires. */
export interface ScheduledOccurrence {
  readonly localDate: LocalDate;
  readonly at: Date;
}

/** Schedules without an end reach this far ahead when the next occurrence is sought. */
const SEARCH_BATCH_DAYS = 4;
/** Dates are written with four digits for the year. */
const LAST_YEAR = 9999;

/**
 * The dates in `[from, to]`, both inclusive, on which the schedule comes due, ascending.
 * Throws {@link InvalidRule} for a rule that cannot be used.
 */
export function localDates(schedule: Pick<Schedule, 'startDate' | 'rrule'>, from: LocalDate, to: LocalDate): LocalDate[] {
  checkLocalDate(from);
  checkLocalDate(to);
  if (schedule.rrule === undefined) {
    checkLocalDate(schedule.startDate);
    return schedule.startDate >= from && schedule.startDate <= to ? [schedule.startDate] : [];
  }
  if (to < from) return [];
  return expander(schedule.rrule, schedule.startDate).between(midnight(from), midnight(to), true).map(dateOf);
}

/** The occurrences that fire in `[from, to)`, ascending by instant. */
export function occurrencesBetween(schedule: Schedule, from: Date, to: Date): ScheduledOccurrence[] {
  const first = addDays(localDateAt(from, schedule.zone), -1);
  const last = addDays(localDateAt(to, schedule.zone), 1);
  return localDates(schedule, first, last)
    .flatMap((date) => occurrenceOn(schedule, date))
    .filter((occurrence) => occurrence.at >= from && occurrence.at < to);
}

/** The first occurrence that fires after `after`, or undefined when the schedule is over. */
export function nextOccurrence(schedule: Schedule, after: Date): ScheduledOccurrence | undefined {
  const day = addDays(localDateAt(after, schedule.zone), -1);
  const nearby = localDates(schedule, day, addDays(day, SEARCH_BATCH_DAYS));
  const near = nearby.flatMap((date) => occurrenceOn(schedule, date)).find((occurrence) => occurrence.at > after);
  return near ?? laterOccurrence(schedule, addDays(day, SEARCH_BATCH_DAYS));
}

function laterOccurrence(schedule: Schedule, afterDate: LocalDate): ScheduledOccurrence | undefined {
  let date = nextDate(schedule, afterDate);
  while (date !== undefined) {
    const [occurrence] = occurrenceOn(schedule, date);
    if (occurrence !== undefined) return occurrence;
    date = nextDate(schedule, date);
  }
  return undefined;
}

/** The first date after `date` on which the schedule comes due, or undefined when it is over. */
export function nextDate(schedule: Pick<Schedule, 'startDate' | 'rrule'>, date: LocalDate): LocalDate | undefined {
  if (schedule.rrule === undefined) return schedule.startDate > date ? schedule.startDate : undefined;
  const rule = withStartDay(parseRule(schedule.rrule), schedule.startDate);
  if (rule.freq === 'MONTHLY' && !monthComesAfter(rule, schedule.startDate, date)) return undefined;
  const next = expander(schedule.rrule, schedule.startDate).next(midnight(date), false);
  return next === null || next.year > LAST_YEAR ? undefined : dateOf(next);
}

/** The first date on or after `startDate` that the rule names: what `startDate` becomes for a rule that excludes it. */
export function firstDate(schedule: Pick<Schedule, 'startDate' | 'rrule'>): LocalDate | undefined {
  return nextDate(schedule, addDays(schedule.startDate, -1));
}

function occurrenceOn(schedule: Schedule, localDate: LocalDate): ScheduledOccurrence[] {
  const at = instantOf(localDate, schedule.wallTime, schedule.zone);
  return at === undefined ? [] : [{ localDate, at }];
}

/**
 * Dates are expanded in UTC, where every day exists and has 24 hours; the zone is applied to each date afterwards.
 * Expanding in the zone would drop occurrences inside a gap, as RFC 5545 says; a person still wants them.
 */
function expander(rrule: string, startDate: LocalDate): RRuleTemporal<Temporal.ZonedDateTime> {
  checkLocalDate(startDate);
  const rule = withStartDay(parseRule(rrule), startDate);
  const { until, ...endless } = rule;
  const end = until === undefined ? '' : `;UNTIL=${until.replaceAll('-', '')}T000000Z`;
  return new RRuleTemporal<Temporal.ZonedDateTime>({
    rruleString: `RRULE:${formatRule(endless)}${end};WKST=MO`,
    dtstart: Temporal.PlainDate.from(startDate).toZonedDateTime({ timeZone: 'UTC' }),
    temporal: Temporal,
  });
}

function withStartDay(rule: Rule, startDate: LocalDate): Rule {
  if (rule.freq === 'WEEKLY' && rule.byDay.length === 0) {
    const day = WEEKDAYS[weekdayOf(startDate) - 1];
    return day === undefined ? rule : { ...rule, byDay: [day] };
  }
  if (rule.freq === 'MONTHLY' && rule.byMonthDay.length === 0) return { ...rule, byMonthDay: [Number(startDate.slice(8))] };
  return rule;
}

function midnight(date: LocalDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

function dateOf(at: Temporal.ZonedDateTime): LocalDate {
  return at.toPlainDate().toString();
}
