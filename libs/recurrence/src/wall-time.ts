import { Temporal } from 'temporal-polyfill';
import { InvalidLocalDate, InvalidWallTime, UnknownZone } from './recurrence.errors.js';

/** A calendar date without a zone, `YYYY-MM-DD`. Compares as text. */
export type LocalDate = string;
/** A time of day as a clock on the wall shows it, `HH:MM` (24 hours). */
export type WallTime = string;

/** A zone is looked up in the runtime's data each time that it is formatted for; most names are known without. */
const COMMON_ZONES: ReadonlySet<string> = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
const LOCAL_DATE = /^\d{4}-\d\d-\d\d$/;
const WALL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export function isLocalDate(text: string): boolean {
  if (!LOCAL_DATE.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

export function isWallTime(text: string): boolean {
  return WALL_TIME.test(text);
}

/** Whether `zone` is a name of the IANA time zone database, such as `Europe/Berlin`, or `UTC`; offsets are none. */
export function isZone(zone: string): boolean {
  if (COMMON_ZONES.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** The local date that an instant falls on in `zone`. */
export function localDateAt(instant: Date, zone: string): LocalDate {
  return zoned(instant, zone).toPlainDate().toString();
}

/** The wall time, to the minute, of an instant in `zone`. */
export function wallTimeAt(instant: Date, zone: string): WallTime {
  return zoned(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The date `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return plainDate(date).add({ days }).toString();
}

/** ISO weekday of a date: Monday 1 to Sunday 7. */
export function weekdayOf(date: LocalDate): number {
  return plainDate(date).dayOfWeek;
}

/**
 * The instant at which a clock on the wall in `zone` shows `time` on `date`.
 * A time inside a gap (clocks moved forward) fires once, later by the length of the gap;
 * a time that comes twice (clocks moved back) fires once, at the first.
 * Undefined when the zone skipped that whole date.
 */
export function instantOf(date: LocalDate, time: WallTime, zone: string): Date | undefined {
  if (!isWallTime(time)) throw new InvalidWallTime({ detail: 'Write the time as HH:MM from 00:00 to 23:59.' });
  checkZone(zone);
  const day = plainDate(date);
  if (!day.toZonedDateTime({ timeZone: zone }).toPlainDate().equals(day)) return undefined;
  const at = day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation: 'compatible' });
  return new Date(at.epochMilliseconds);
}

/** The instants at which a local date begins and ends in `zone`: `[from, to)`. */
export function dayBounds(date: LocalDate, zone: string): { from: Date; to: Date } {
  checkZone(zone);
  const start = plainDate(date).toZonedDateTime({ timeZone: zone });
  const end = plainDate(date).add({ days: 1 }).toZonedDateTime({ timeZone: zone });
  return { from: new Date(start.epochMilliseconds), to: new Date(end.epochMilliseconds) };
}

export function checkZone(zone: string): void {
  if (!isZone(zone)) throw new UnknownZone({ detail: 'Name a zone of the IANA database, e.g. Europe/Berlin or UTC.' });
}

export function checkLocalDate(date: LocalDate): void {
  if (!isLocalDate(date)) throw new InvalidLocalDate({ detail: 'Write the date as YYYY-MM-DD.' });
}

function plainDate(date: LocalDate): Temporal.PlainDate {
  checkLocalDate(date);
  return Temporal.PlainDate.from(date);
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  checkZone(zone);
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}
