import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { readClockTime } from './clock-time.js';
import { readMinutes } from './duration.js';
import { readRepeat } from './repeat.js';
import { resolveSchedule } from './resolve-schedule.js';
import { findWhen } from './when.js';

const WEDNESDAY = { nowMs: Temporal.ZonedDateTime.from('2026-03-04T09:00[Europe/Paris]').epochMilliseconds, zone: 'Europe/Paris' };
const today = Temporal.PlainDate.from('2026-03-04');

function said(sentence: string, moment = WEDNESDAY): { rrule?: string; date: string; time: string; due?: string; rest: string; minutes?: number } {
  const found = findWhen(sentence, today);
  const { schedule, minutes } = resolveSchedule(found.when, {}, moment);
  const { zone: _zone, ...dated } = schedule;
  const length = found.minutes ?? minutes;
  return { ...dated, rest: found.rest, ...(length === undefined ? {} : { minutes: length }) };
}

describe('phrases of time', () => {
  it.each([
    ['every day', 'FREQ=DAILY'],
    ['every other day', 'FREQ=DAILY;INTERVAL=2'],
    ['on weekdays', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['Monday to Friday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every Mon, Wed and Fri', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['on Saturdays', 'FREQ=WEEKLY;BYDAY=SA'],
    ['every other Tuesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
    ['fortnightly', 'FREQ=WEEKLY;INTERVAL=2'],
    ['every 3 weeks on Thursday', 'FREQ=WEEKLY;INTERVAL=3;BYDAY=TH'],
    ['3 times a week', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['3x per week', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['once a week', 'FREQ=WEEKLY'],
    ['once a month', 'FREQ=MONTHLY'],
    ['on the 15th of every month', 'FREQ=MONTHLY;BYMONTHDAY=15'],
  ])('reads "%s" as %s', (phrase, rrule) => {
    expect(readRepeat(phrase)?.rrule).toBe(rrule);
  });

  it.each([
    ['at 6pm', '18:00'], ['at 6:30am', '06:30'], ['18:45', '18:45'], ['at 7', '07:00'], ['at 5', '17:00'], ['at 8 in the evening', '20:00'],
    ['half past six', '18:30'], ['quarter to 8', '07:45'], ['noon', '12:00'], ['12am', '00:00'], ['after lunch', '13:15'], ['before bed', '21:30'], ['at 9:30 p.m.', '21:30'],
  ])('reads "%s" as %s', (phrase, time) => {
    expect(readClockTime(phrase)?.time).toBe(time);
  });

  it.each([['for 20 minutes', 20], ['half an hour', 30], ['an hour and a half', 90], ['1.5 hours', 90], ['15-minute', 15], ['1h30', 90], ['two hours', 120]])('reads "%s" as %i minutes', (phrase, minutes) => {
    expect(readMinutes(phrase)).toBe(minutes);
  });

  it.each(['in 20 minutes', '20 pages', 'a man', 'monitor stand', '9/11 Report'])('takes "%s" for no length of time', (phrase) => {
    expect(readMinutes(phrase)).toBeUndefined();
  });

  it.each(['Buy a monitor stand', 'Read the 9/11 Report', 'Call May about the march', 'Give it a second look'])('finds no day in "%s"', (sentence) => {
    expect(findWhen(sentence, today).when).toEqual({ repeat: undefined, at: undefined });
  });
});

describe('a schedule from phrases', () => {
  it.each([
    ['Call mum tomorrow at 6pm', { date: '2026-03-05', time: '18:00', rest: 'Call mum' }],
    ['Send it by Friday', { date: '2026-03-05', time: '09:00', due: '2026-03-06', rest: 'Send it' }],
    ['Renew the passport in two weeks', { date: '2026-03-18', time: '09:00', rest: 'Renew the passport' }],
    ['Focus from 9 to 11 every weekday', { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', date: '2026-03-05', time: '09:00', minutes: 120, rest: 'Focus' }],
    ['Swim every other Tuesday', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', date: '2026-03-10', time: '09:00', rest: 'Swim' }],
    ['Stretch every day until Friday', { rrule: 'FREQ=DAILY;UNTIL=20260306', date: '2026-03-05', time: '09:00', due: '2026-03-06', rest: 'Stretch' }],
    ['Meet Jo the day after tomorrow at noon', { date: '2026-03-06', time: '12:00', rest: 'Meet Jo' }],
  ])('understands "%s"', (sentence, expected) => {
    expect(said(sentence)).toEqual(expected);
  });

  it('starts a daily habit today while its time is ahead, else tomorrow', () => {
    expect(said('Stretch every day at 18:00').date).toBe('2026-03-04');
    expect(said('Stretch every day at 08:00').date).toBe('2026-03-05');
  });

  it('counts days in the zone of the person, whatever zone the machine is in', () => {
    const moment = { nowMs: Temporal.Instant.from('2026-03-05T07:30:00Z').epochMilliseconds, zone: 'America/Los_Angeles' };
    expect(said('Call mum tomorrow at 10am', moment).date).toBe('2026-03-05');
  });
});
