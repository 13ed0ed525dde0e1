import { LIFE_AREAS } from '@selfos/kernel';
import { z } from 'zod';
import { clear } from './marks.js';

/** Fields that many contracts share. All of them are structure, not content. */
export const id = z.uuid({ abort: true }).toLowerCase().refine(isOfAVersion, 'a UUID of the versions 1 to 8');
export const instant = z.iso.datetime({ offset: true, abort: true }).refine(isInRange, 'a time between the years 1 and 9998');
export const localDate = z.iso.date({ abort: true }).refine(isInRange, 'a date between the years 1 and 9998');
export const lifeArea = z.enum(LIFE_AREAS);
export const lifeAreas = z.array(lifeArea).max(LIFE_AREAS.length);
export const wallTime = clear('time of day of a task, HH:MM', z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 07:00'));
export const timeZone = clear('IANA time zone', z.string().min(1).max(64).refine(isTimeZone, 'a time zone such as Europe/Paris'));
export const rrule = clear('recurrence rule (RFC 5545)', z.string().min(5).max(500));
export const recurrenceWords = clear('recurrence in words, from the rule', z.string().max(200));
export const version = z.int().min(1);
export const minutes = z.int().min(1).max(1440);
export const cursor = clear('opaque page cursor', z.string().max(500));
export const modelName = clear('name of the model that answered', z.string().max(100));

export const pageQuery = z.object({ cursor: cursor.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });
export const byId = z.object({ id });

/** A page of `item`s. */
export const pageOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), next_cursor: cursor.nullable() });

/** Without the two UUIDs that are of no version: all zeros and all ones. */
function isOfAVersion(uuid: string): boolean {
  return '12345678'.includes(uuid.charAt(14));
}

/** A day more or less still has a year of four digits, in every zone: PostgreSQL and the calendars here take no others. */
function isInRange(text: string): boolean {
  const written = Number(text.slice(0, 4));
  // the offset moves it by a day, so that almost no time has to be converted
  if (written > 1 && written < 9998) return true;
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9998;
}

/** Asking the platform whether it knows a zone takes longer than checking the rest of an event; the names in use are known beforehand. */
const COMMON_ZONES: ReadonlySet<string> = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

function isTimeZone(name: string): boolean {
  if (COMMON_ZONES.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}
