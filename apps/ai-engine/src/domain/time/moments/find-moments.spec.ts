import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { findMoments } from './find-moments.js';

/** A Wednesday. */
const now = Temporal.PlainDateTime.from('2026-03-04T09:30:00');

function found(text: string): string[] {
  return findMoments(text, now).map(({ date, time, part, until, bound }) => {
    const end = until === undefined ? '' : ` to ${[until.date, until.time].filter(Boolean).join(' ')}`;
    return [bound, date, time?.slice(0, 5), time === undefined ? part : undefined].filter(Boolean).join(' ') + end;
  });
}

describe('moments in a text', () => {
  it.each([
    ['Dentist on the twenty-third of June', ['2026-06-23']],
    ['It began on May 7th, 1998', ['1998-05-07']],
    ['Paid 2025-12-01', ['2025-12-01']],
    ['We meet Tuesday the 17th at half past three', ['2026-03-17 15:30']],
    ['Call her next week on Thursday at 8 in the evening', ['2026-03-12 20:00']],
    ['Friday of next week', ['2026-03-13']],
    ['the second Saturday of May', ['2026-05-09']],
    ['the last Friday of next month', ['2026-04-24']],
    ['ten days before Easter', ['2026-03-26']],
    ['six weeks from next Monday', ['2026-04-20']],
    ['a year and a half ago', ['2024-09-04']],
    ['in 90 minutes', ['2026-03-04 11:00']],
    ['Thanksgiving 2027', ['2027-11-25']],
    ['quarter to nine at night', ['20:45']],
    ['at 0815', []],
    ['by the end of the day', ['2026-03-04 23:59']],
    ['29 February', ['2028-02-29']],
    ['from 2 to 4 pm on Sunday', ['2026-03-08 14:00 to 2026-03-08 16:00:00']],
    ['between the 9th and 13th of April', ['2026-04-09 to 2026-04-13']],
    ['after 6 pm', ['after 18:00']],
    ['tomorrow morning', ['2026-03-05 morning']],
  ])('"%s" names %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each(['The patient may march on', 'Version 2.4.1 costs 3.50', 'We are open 24/7', 'two to four people', 'Call 555 1234', 'page 12 of 30'])('"%s" names none', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('keeps the place of each', () => {
    const text = 'Rent on Friday, then the gym at 7pm';
    expect(findMoments(text, now).map(({ start, end }) => text.slice(start, end))).toEqual(['Friday', 'at 7pm']);
  });

  it('is done in a blink with long and repetitive text', () => {
    const started = process.cpuUsage();
    findMoments('next monday at 3 or two weeks after the first of may '.repeat(200), now);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(3000);
  });
});
