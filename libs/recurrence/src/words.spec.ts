import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cronFromRule, ruleFromCron } from './cron.js';
import { InvalidCron, InvalidWords } from './recurrence.errors.js';
import { canonical, formatRule, WEEKDAYS, type Rule } from './rule.js';
import { describeRule, ruleFromWords } from './words.js';

const anyRule: fc.Arbitrary<string> = fc
  .record({
    freq: fc.constantFrom<Rule['freq']>('DAILY', 'WEEKLY', 'MONTHLY'),
    interval: fc.integer({ min: 1, max: 30 }),
    days: fc.subarray([...WEEKDAYS]),
    monthDays: fc.subarray([1, 2, 3, 11, 21, 22, 31, -1]),
    end: fc.option(fc.oneof(fc.record({ count: fc.integer({ min: 1, max: 99 }) }), fc.constant({ until: '2027-02-28' })), { nil: {} }),
  })
  .map(({ freq, interval, days, monthDays, end }) =>
    formatRule(canonical({ freq, interval, byDay: freq === 'WEEKLY' ? days : [], byMonthDay: freq === 'MONTHLY' ? monthDays : [], ...end })),
  );

describe('words', () => {
  it.each([
    ['FREQ=DAILY', 'daily'],
    ['FREQ=DAILY;INTERVAL=3', 'every 3 days'],
    ['FREQ=WEEKLY', 'weekly'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'weekdays'],
    ['FREQ=WEEKLY;BYDAY=SA,SU', 'weekends'],
    ['FREQ=WEEKLY;BYDAY=TU,TH', 'weekly on Tue, Thu'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 'every 2 weeks on Mon'],
    ['FREQ=MONTHLY;BYMONTHDAY=15', 'monthly on the 15th'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,-1', 'monthly on the 1st, last day'],
    ['FREQ=DAILY;COUNT=10', 'daily, 10 times'],
    ['FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231', 'weekly on Wed, until 2026-12-31'],
  ])('says %s as "%s"', (rrule, words) => {
    expect(describeRule(rrule)).toBe(words);
  });

  it.each([
    ['every day', 'FREQ=DAILY'],
    ['Every Monday', 'FREQ=WEEKLY;BYDAY=MO'],
    ['Mondays and Thursdays', 'FREQ=WEEKLY;BYDAY=MO,TH'],
    ['tue, thurs', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['every other week on Friday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'],
    ['monthly on the last day', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['daily for 10 times', 'FREQ=DAILY;COUNT=10'],
  ])('understands "%s"', (words, rrule) => {
    expect(ruleFromWords(words)).toBe(rrule);
  });

  it.each(['', 'now and then', 'weekly on Noday', 'every 0 days', 'monthly on the 32nd', 'daily until 2026-02-30', 'monday monday x'])('refuses "%s" with examples', (words) => {
    expect(() => ruleFromWords(words)).toThrow(InvalidWords);
    expect(() => ruleFromWords(words)).toThrow('weekly on Tue, Thu');
  });

  it('reads back every description that it writes', () => {
    fc.assert(fc.property(anyRule, (rrule) => ruleFromWords(describeRule(rrule)) === rrule));
  });
});

describe('cron', () => {
  it.each([
    ['0 7 * * *', 'FREQ=DAILY', '07:00'],
    ['30 18 * * 1-5', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '18:30'],
    ['5 9 * * SUN,2', 'FREQ=WEEKLY;BYDAY=TU,SU', '09:05'],
    ['0 0 1,15 * *', 'FREQ=MONTHLY;BYMONTHDAY=1,15', '00:00'],
    ['@weekly', 'FREQ=WEEKLY;BYDAY=SU', '00:00'],
    ['0 6 * * 0-7', 'FREQ=DAILY', '06:00'],
  ])('reads %s', (line, rrule, wallTime) => {
    expect(ruleFromCron(line)).toEqual({ rrule, wallTime });
  });

  it.each([
    ['* * * * *', 'at most once a day'],
    ['0 7,19 * * *', 'at most once a day'],
    ['0 7 */2 * *', 'not supported'],
    ['0 7 1 1 *', 'yearly'],
    ['0 7 1 * 1', 'not both'],
    ['0 25 * * *', 'at most once a day'],
    ['0 7 * *', 'five fields'],
    ['0 7 * * 5-1', '1-5'],
    ['0 7 0 * *', '1 to 31'],
  ])('refuses %s: %s', (line, hint) => {
    expect(() => ruleFromCron(line)).toThrow(InvalidCron);
    expect(() => ruleFromCron(line)).toThrow(hint);
  });

  it('comes back to the same rule whenever cron can say it', () => {
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    fc.assert(
      fc.property(anyRule, time, (rrule, wallTime) => {
        const line = cronFromRule({ rrule, wallTime });
        if (line !== undefined) expect(ruleFromCron(line)).toEqual({ rrule, wallTime });
      }),
    );
    expect(cronFromRule({ rrule: 'FREQ=DAILY', wallTime: '07:05' })).toBe('5 7 * * *');
    expect(cronFromRule({ rrule: 'FREQ=DAILY;COUNT=3', wallTime: '07:05' })).toBeUndefined();
  });
});
