import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { AgendaTask } from './agenda/agenda.js';
import type { Plan } from './plan.js';
import { planFromMessage } from './plan-from-message.js';

const ZONE = 'Europe/Paris';
const days = Array.from({ length: 13 }, (_, index) => `2026-03-${String(index + 5).padStart(2, '0')}`);
const meditate: AgendaTask = { id: 'm', title: 'Meditate', areas: ['spirituality'], rrule: 'FREQ=DAILY', time: '07:00', minutes: 10, due: days, done: [] };

function planOf(message: string, ...tasks: AgendaTask[]): Plan {
  const nowMs = Temporal.PlainDateTime.from('2026-03-04T09:00').toZonedDateTime(ZONE).epochMilliseconds;
  return planFromMessage({ message, context: {}, zone: ZONE, nowMs, memories: [], agenda: { tasks, goals: [] } });
}

describe('what is new beside what is planned already', () => {
  it('moves a habit behind the one that has its hour, and says so', () => {
    const { tasks, reply } = planOf('I want to read every morning', meditate);
    expect(tasks.map(({ schedule }) => schedule.time)).toEqual(['07:10']);
    expect(reply).toContain('I put it after “Meditate”.');
  });

  it('leaves an hour that the person named, and tells what else is there', () => {
    const { tasks, reply } = planOf('Read every day at 7am', meditate);
    expect(tasks.map(({ schedule }) => schedule.time)).toEqual(['07:00']);
    expect(reply).toContain('At 07:00 there is “Meditate” as well');
  });

  it('goes on behind all that stands in a row', () => {
    const yoga: AgendaTask = { ...meditate, id: 'y', title: 'Yoga', time: '07:10', minutes: 20 };
    expect(planOf('I want to read every morning', meditate, yoga).tasks[0]?.schedule.time).toBe('07:30');
  });

  it('moves nothing to another part of the day', () => {
    const { tasks, reply } = planOf('I want to read every morning', { ...meditate, minutes: 180 });
    expect(tasks[0]?.schedule.time).toBe('07:00');
    expect(reply).toContain('as well');
  });

  it('says nothing where the days differ', () => {
    const { tasks, reply } = planOf('I want to read every morning', { ...meditate, rrule: 'FREQ=MONTHLY', due: [] });
    expect(tasks[0]?.schedule.time).toBe('07:00');
    expect(reply).not.toContain('Meditate');
  });

  it('keeps two habits of one message apart', () => {
    const times = planOf('I want to meditate every morning and read every morning').tasks.map(({ schedule }) => schedule.time);
    expect(times).toHaveLength(2);
    expect(new Set(times).size).toBe(2);
  });
});
