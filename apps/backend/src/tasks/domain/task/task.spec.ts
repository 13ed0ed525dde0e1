import { describe, expect, it } from '@jest/globals';
import { InvalidCron, InvalidRule, InvalidWords } from '@selfos/recurrence';
import { aTaskDraft } from '../../../../test/builders.js';
import { changed, newTask, readRecurrence, stateOf, viewOf } from './task.js';

const now = new Date('2026-11-23T05:00:00Z');
const origin = { planId: null, now };

describe('a task', () => {
  it('keeps its rule in one canonical form and says it in words', () => {
    const task = newTask(aTaskDraft({ recurring_pattern: 'RRULE:FREQ=WEEKLY;BYDAY=TH,TU' }), origin);
    expect(task).toMatchObject({ recurring_pattern: 'FREQ=WEEKLY;BYDAY=TU,TH', status: 'open', version: 1, created_at: now.toISOString() });
    expect(viewOf(task).recurrence).toBe('weekly on Tue, Thu');
    expect(viewOf(newTask(aTaskDraft({ recurring_pattern: null }), origin)).recurrence).toBeNull();
  });

  it('keeps instants in UTC', () => {
    expect(newTask(aTaskDraft({ due_date: '2026-12-01T10:00:00+01:00' }), origin).due_date).toBe('2026-12-01T09:00:00.000Z');
  });

  it('changes only what is given, as its next version', () => {
    const task = newTask(aTaskDraft(), origin);
    const later = new Date('2026-11-24T05:00:00Z');
    expect(changed(task, { priority: 5, scheduled_time: undefined, parent_goal_id: null }, later)).toEqual({ ...task, priority: 5, version: 2, updated_at: later.toISOString() });
  });

  it('travels with its title sealed and without its description', () => {
    const task = newTask(aTaskDraft(), origin);
    const state = stateOf(task);
    expect(state.title).toEqual({ oid: task.id, ctx: 'tasks.task.title', envelope: task.title });
    expect(Object.keys(state)).not.toContain('description');
  });

  it.each([
    ['daily', { rrule: 'FREQ=DAILY' }],
    ['every Monday', { rrule: 'FREQ=WEEKLY;BYDAY=MO' }],
    ['FREQ=DAILY;INTERVAL=2', { rrule: 'FREQ=DAILY;INTERVAL=2' }],
    ['0 7 * * *', { rrule: 'FREQ=DAILY', wallTime: '07:00' }],
    ['@weekly', { rrule: 'FREQ=WEEKLY;BYDAY=SU', wallTime: '00:00' }],
    ['every 2 weeks on Mon', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }],
  ])('reads "%s"', (text, expected) => {
    expect(readRecurrence(text)).toEqual(expected);
  });

  it.each([
    ['whenever', InvalidWords],
    ['* * * * *', InvalidCron],
    ['FREQ=HOURLY', InvalidRule],
  ])('refuses "%s"', (text, error) => {
    expect(() => readRecurrence(text)).toThrow(error);
  });
});
