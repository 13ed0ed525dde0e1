import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnknownZone } from './recurrence.errors.js';
import { firstDate, localDates, nextDate, nextOccurrence, occurrencesBetween } from './schedule.js';
import { addDays, dayBounds, instantOf, isLocalDate, isZone, localDateAt, wallTimeAt, weekdayOf } from './wall-time.js';

const ZONES = Intl.supportedValuesOf('timeZone');
const DAY_MS = 86_400_000;
const anyZone = fc.constantFrom(...ZONES);
const anyDate = fc.integer({ min: 0, max: 16 * 365 }).map((days) => addDays('2020-01-01', days));
const anyTime = fc.integer({ min: 0, max: 1439 }).map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const someRule = fc.constantFrom('FREQ=DAILY', 'FREQ=DAILY;INTERVAL=3', 'FREQ=WEEKLY;BYDAY=TU,TH', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', 'FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=MONTHLY;BYMONTHDAY=-1');

describe('a wall time in a zone', () => {
  it('fires once, later, inside a gap', () => {
    expect(instantOf('2026-03-29', '02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(wallTimeAt(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toBe('03:30');
  });

  it('fires once, at the first of the two, in a fold', () => {
    expect(instantOf('2026-10-25', '02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('has no instant on a date that the zone skipped', () => {
    expect(instantOf('2011-12-30', '07:00', 'Pacific/Apia')).toBeUndefined();
    const daily = { startDate: '2011-12-29', rrule: 'FREQ=DAILY;COUNT=3', wallTime: '07:00', zone: 'Pacific/Apia' };
    expect(occurrencesBetween(daily, new Date('2011-12-28'), new Date('2012-01-05')).map((o) => o.localDate)).toEqual(['2011-12-29', '2011-12-31']);
  });

  it('gives a day its true length', () => {
    const { from, to } = dayBounds('2026-03-29', 'Europe/Berlin');
    expect(to.getTime() - from.getTime()).toBe(23 * 3_600_000);
  });

  it('knows zones and dates, and refuses others', () => {
    expect([isZone('Asia/Kathmandu'), isZone('UTC'), isZone('Mars/Olympus'), isZone('+02:00'), isZone('')]).toEqual([true, true, false, false, false]);
    expect([isLocalDate('2024-02-29'), isLocalDate('2023-02-29'), isLocalDate('2023-2-1')]).toEqual([true, false, false]);
    expect(() => localDateAt(new Date(), 'Nowhere')).toThrow(UnknownZone);
  });

  it('shows the same wall time again, or a later one of a gap, in every zone', () => {
    fc.assert(
      fc.property(anyZone, anyDate, anyTime, (zone, date, time) => {
        const at = instantOf(date, time, zone);
        if (at === undefined) return;
        const shown = `${localDateAt(at, zone)}T${wallTimeAt(at, zone)}`;
        expect(shown >= `${date}T${time}`).toBe(true);
        const gap = Date.parse(`${shown}Z`) - Date.parse(`${date}T${time}Z`);
        expect(gap).toBeLessThanOrEqual(2 * 3_600_000);
        if (gap > 0) expect(wallTimeAt(new Date(at.getTime() - gap - 1), zone)).not.toBe(time);
      }),
      { numRuns: 600 },
    );
  });
});

describe('a schedule', () => {
  it('expands daily, weekly and monthly rules on the dates that they name', () => {
    expect(localDates({ startDate: '2026-11-20', rrule: 'FREQ=DAILY' }, '2026-11-19', '2026-11-22')).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
    expect(localDates({ startDate: '2026-11-22', rrule: 'FREQ=WEEKLY;BYDAY=TU,TH' }, '2026-11-01', '2026-12-01')).toEqual(['2026-11-24', '2026-11-26', '2026-12-01']);
    expect(localDates({ startDate: '2026-11-25', rrule: 'FREQ=WEEKLY' }, '2026-11-01', '2026-12-10')).toEqual(['2026-11-25', '2026-12-02', '2026-12-09']);
    expect(localDates({ startDate: '2024-01-31', rrule: 'FREQ=MONTHLY' }, '2024-01-01', '2024-06-30')).toEqual(['2024-01-31', '2024-03-31', '2024-05-31']);
    expect(localDates({ startDate: '2024-01-31', rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1' }, '2024-02-01', '2024-03-31')).toEqual(['2024-02-29', '2024-03-31']);
    expect(localDates({ startDate: '2026-01-01', rrule: 'FREQ=DAILY;UNTIL=20260103' }, '2026-01-01', '2026-02-01')).toHaveLength(3);
    expect(localDates({ startDate: '2026-01-01', rrule: 'FREQ=WEEKLY;COUNT=2' }, '2026-01-02', '2026-12-31')).toEqual(['2026-01-08']);
  });

  it('without a rule happens once', () => {
    const once = { startDate: '2026-11-22', wallTime: '07:00', zone: 'Asia/Tokyo' };
    expect(localDates(once, '2026-11-22', '2026-11-22')).toEqual(['2026-11-22']);
    expect(nextOccurrence(once, new Date('2026-11-01'))?.at.toISOString()).toBe('2026-11-21T22:00:00.000Z');
    expect(nextOccurrence(once, new Date('2026-11-21T22:00:00Z'))).toBeUndefined();
  });

  it('starts on the first date that its rule names', () => {
    expect(firstDate({ startDate: '2026-11-22', rrule: 'FREQ=WEEKLY;BYDAY=TU' })).toBe('2026-11-24');
    expect(nextDate({ startDate: '2026-11-22', rrule: 'FREQ=DAILY;COUNT=1' }, '2026-11-22')).toBeUndefined();
  });

  it('finds a next occurrence that is far away', () => {
    const rare = { startDate: '2026-01-31', rrule: 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31', wallTime: '09:00', zone: 'America/New_York' };
    expect(nextOccurrence(rare, new Date('2026-02-01'))?.localDate).toBe('2027-01-31');
  });

  it.each([
    ['a day that none of its months has', '2026-02-01', 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30,31'],
    ['the 31st of each April', '2026-04-01', 'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31'],
    ['29 February of odd years', '2025-02-01', 'FREQ=MONTHLY;INTERVAL=24;BYMONTHDAY=29'],
    ['dates behind the last year', '9998-12-31', 'FREQ=MONTHLY;INTERVAL=366'],
  ])('is over at once when it asks for %s', (_, startDate, rrule) => {
    expect(nextDate({ startDate, rrule }, startDate === '9998-12-31' ? startDate : '2026-01-01')).toBeUndefined();
    expect(nextOccurrence({ startDate, rrule, wallTime: '07:00', zone: 'UTC' }, new Date(`${startDate}T12:00:00Z`))).toBeUndefined();
  });

  it('finds 29 February however rare it is', () => {
    expect(nextDate({ startDate: '2096-02-29', rrule: 'FREQ=MONTHLY;INTERVAL=12' }, '2096-02-29')).toBe('2104-02-29');
    expect(nextDate({ startDate: '2025-02-01', rrule: 'FREQ=MONTHLY;INTERVAL=36;BYMONTHDAY=29' }, '2025-01-01')).toBe('2028-02-29');
  });

  it('fires exactly once for each local date in any window, in every zone', () => {
    fc.assert(
      fc.property(fc.record({ zone: anyZone, startDate: anyDate, wallTime: anyTime, rrule: someRule }), (schedule) => {
        const { startDate, wallTime, zone } = schedule;
        const end = addDays(startDate, 400);
        const dates = localDates(schedule, startDate, end);
        const fired = occurrencesBetween(schedule, new Date(Date.parse(startDate) - 2 * DAY_MS), new Date(Date.parse(end) + 2 * DAY_MS)).filter((o) => o.localDate <= end);
        expect(fired.map((o) => o.localDate)).toEqual(dates.filter((date) => instantOf(date, wallTime, zone) !== undefined));
        expect(fired.every((o, i) => i === 0 || o.at > (fired[i - 1]?.at ?? o.at))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('splits into windows without losing or repeating an occurrence', () => {
    fc.assert(
      fc.property(fc.record({ zone: anyZone, startDate: anyDate, wallTime: anyTime }), fc.integer({ min: 1, max: 60 * 24 }), (at, cutHours) => {
        const { startDate } = at;
        const schedule = { ...at, rrule: 'FREQ=DAILY' };
        const from = new Date(Date.parse(startDate) - DAY_MS);
        const cut = new Date(from.getTime() + cutHours * 3_600_000);
        const to = new Date(from.getTime() + 61 * DAY_MS);
        const whole = occurrencesBetween(schedule, from, to);
        expect([...occurrencesBetween(schedule, from, cut), ...occurrencesBetween(schedule, cut, to)]).toEqual(whole);
        expect(nextOccurrence(schedule, new Date(cut.getTime() - 1))).toEqual(occurrencesBetween(schedule, cut, new Date(cut.getTime() + 3 * DAY_MS))[0]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps to the weekdays of its rule', () => {
    const dates = localDates({ startDate: '2025-01-01', rrule: 'FREQ=WEEKLY;BYDAY=TU,TH' }, '2025-01-01', '2026-01-01');
    expect(new Set(dates.map(weekdayOf))).toEqual(new Set([2, 4]));
  });
});
