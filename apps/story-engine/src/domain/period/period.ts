import { Temporal } from 'temporal-polyfill';

/** A week by its local dates (`YYYY-MM-DD`), both included, in the person's zone. */
export interface Period {
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

const DAYS_IN_WEEK = 7;
const SUNDAY = 7;

/** The local date of an instant in a zone. */
export function localDateOf(epochMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The seven days that end on a date. */
export function weekEndingOn(end: string, zone: string): Period {
  return { start: Temporal.PlainDate.from(end).subtract({ days: DAYS_IN_WEEK - 1 }).toString(), end, zone };
}

/** First instant of the period, and the first after it, epoch milliseconds: days of 23 or 25 hours included. */
export function boundsOf(period: Period): { readonly from: number; readonly until: number } {
  const startOf = (date: Temporal.PlainDate): number => date.toZonedDateTime(period.zone).epochMilliseconds;
  return { from: startOf(Temporal.PlainDate.from(period.start)), until: startOf(Temporal.PlainDate.from(period.end).add({ days: 1 })) };
}

/** The person's next week boundary after an instant: Sunday at a wall time (`HH:MM`), and the week that it closes, Monday to Sunday. */
export function nextBoundary(afterMs: number, zone: string, wallTime: string): { readonly at: number; readonly week: Period } {
  const now = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(zone);
  const today = now.toPlainDate();
  const sunday = today.add({ days: SUNDAY - today.dayOfWeek });
  const boundary = atWallTime(sunday, zone, wallTime);
  const late = boundary <= afterMs;
  const day = late ? sunday.add({ days: DAYS_IN_WEEK }) : sunday;
  return { at: late ? atWallTime(day, zone, wallTime) : boundary, week: weekEndingOn(day.toString(), zone) };
}

/** The initial of each day of the period, in order: `MTWTFSS` for a week from Monday. */
export function dayInitials(period: Pick<Period, 'start'>): string[] {
  const start = Temporal.PlainDate.from(period.start);
  return Array.from({ length: DAYS_IN_WEEK }, (_, i) => 'MTWTFSS'[start.add({ days: i }).dayOfWeek - 1] ?? '');
}

function atWallTime(date: Temporal.PlainDate, zone: string, wallTime: string): number {
  return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(wallTime) }).epochMilliseconds;
}
