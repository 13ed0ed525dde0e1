import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@selfos/testing';
import { ADA, BOB, DAILY_AT_SEVEN, TASK, taskNews, TITLE } from './builders.js';
import { notifyInMemory } from './notify-in-memory.js';

const SUNDAY_EVENING = '2026-11-22T20:00:00Z';

describe('reminders', () => {
  let notify: ReturnType<typeof notifyInMemory>;

  beforeEach(() => {
    notify = notifyInMemory(SUNDAY_EVENING);
  });
  afterEach(() => notify.runner.stop());

  const goTo = (time: string) => notify.clock.freeze(Date.parse(time));
  const inbox = async (userId = ADA) => (await notify.list.execute(userId, { limit: 100, unreadOnly: false })).items;
  const dates = async () => (await inbox()).map(({ localDate }) => localDate).sort();
  const done = (localDate: string, more: { seq?: number; at?: string; done?: boolean } = {}) =>
    notify.noteOccurrence.execute({ userId: ADA, taskId: TASK, localDate, seq: more.seq ?? 1, at: new Date(more.at ?? SUNDAY_EVENING), done: more.done ?? true });

  it('wait one at a time, at the wall time in the task’s zone', async () => {
    await notify.followTask.execute(taskNews());
    expect(notify.pending()).toEqual(['2026-11-23/in_app/0 2026-11-23T06:00:00.000Z']);
  });

  it('come once each when the clock is moved by days', async () => {
    await notify.followTask.execute(taskNews());
    await notify.runner.start();
    goTo('2026-11-26T12:00:00Z');
    await eventually(async () => expect(await dates()).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']));
    expect(notify.pending()).toEqual(['2026-11-27/in_app/0 2026-11-27T06:00:00.000Z']);
    const due = notify.outbox.events.filter(({ type }) => type === 'reminder.due');
    expect(due).toHaveLength(4);
    expect(due[0]).toMatchObject({ aggregateId: TASK, userId: ADA, payload: { data: { task_id: TASK, local_date: '2026-11-23', due_at: '2026-11-23T06:00:00.000Z' } } });
    expect((await inbox())[0]).toMatchObject({ kind: 'reminder', title: TITLE, taskId: TASK, readAt: null });
  });

  it('come late rather than never when the news of the task was late', async () => {
    goTo('2026-11-23T20:00:00Z');
    await notify.followTask.execute(taskNews());
    await notify.runner.start();
    await eventually(async () => expect(await dates()).toEqual(['2026-11-23']));
  });

  it('move with the task, also from a time already booked', async () => {
    await notify.followTask.execute(taskNews());
    await notify.followTask.execute(taskNews({ seq: 2, timing: { ...DAILY_AT_SEVEN, wallTime: '18:30' } }));
    expect(notify.pending()).toEqual(['2026-11-23/in_app/0 2026-11-23T17:30:00.000Z']);
    await notify.followTask.execute(taskNews({ seq: 3, timing: { ...DAILY_AT_SEVEN, rrule: 'FREQ=WEEKLY;BYDAY=TH' } }));
    expect(notify.pending()).toEqual(['2026-11-26/in_app/0 2026-11-26T06:00:00.000Z']);
  });

  it('take the new title of a task without being booked anew', async () => {
    const renamed = { ...TITLE, envelope: { ...TITLE.envelope, c: 'BB' } };
    await notify.followTask.execute(taskNews());
    await notify.followTask.execute(taskNews({ seq: 2, at: new Date('2026-11-23T19:00:00Z'), title: renamed }));
    await notify.runner.start();
    goTo('2026-11-23T06:00:00Z');
    await eventually(async () => expect((await inbox()).map(({ title }) => title)).toEqual([renamed]));
  });

  it('end with the task, whether it is completed or deleted', async () => {
    await notify.followTask.execute(taskNews());
    await notify.followTask.execute(taskNews({ seq: 2, open: false }));
    expect(notify.pending()).toEqual([]);
    await notify.followTask.execute(taskNews({ seq: 3 }));
    expect(notify.pending()).toHaveLength(1);
    await notify.forgetTask.execute({ userId: ADA, taskId: TASK, seq: 4, at: new Date(SUNDAY_EVENING) });
    expect(notify.pending()).toEqual([]);
  });

  it('heed only news that is newer than what is known, and no news from before a deletion', async () => {
    await notify.followTask.execute(taskNews({ seq: 5, timing: { ...DAILY_AT_SEVEN, wallTime: '18:30' } }));
    await notify.followTask.execute(taskNews({ seq: 4 }));
    expect(notify.pending()).toEqual(['2026-11-23/in_app/0 2026-11-23T17:30:00.000Z']);
    await notify.forgetTask.execute({ userId: ADA, taskId: TASK, seq: 7, at: new Date(SUNDAY_EVENING) });
    await notify.followTask.execute(taskNews({ seq: 6 }));
    expect(notify.pending()).toEqual([]);
  });

  it('skip an occurrence that was done early, whichever news comes first', async () => {
    await done('2026-11-23');
    await notify.followTask.execute(taskNews());
    expect(notify.pending()).toEqual(['2026-11-24/in_app/0 2026-11-24T06:00:00.000Z']);
    await done('2026-11-24');
    expect(notify.pending()).toEqual(['2026-11-25/in_app/0 2026-11-25T06:00:00.000Z']);
  });

  it('come back when the completion is undone in time', async () => {
    await notify.followTask.execute(taskNews());
    await done('2026-11-23', { seq: 2 });
    await done('2026-11-23', { seq: 3, done: false });
    await done('2026-11-23', { seq: 2 });
    expect(notify.pending()).toEqual(['2026-11-23/in_app/0 2026-11-23T06:00:00.000Z']);
  });

  it('move also when the runner that had one in hand has died', async () => {
    await notify.followTask.execute(taskNews());
    goTo('2026-11-23T06:00:00Z');
    expect(await notify.claimAndDie()).toHaveLength(1);
    await notify.followTask.execute(taskNews({ seq: 2, at: new Date('2026-11-23T06:00:01Z'), timing: { ...DAILY_AT_SEVEN, wallTime: '09:00' } }));
    expect(notify.pending()).toEqual(['2026-11-23/in_app/0 2026-11-23T08:00:00.000Z']);
    await notify.runner.start();
    goTo('2026-11-23T08:00:00Z');
    await eventually(async () => expect(await dates()).toEqual(['2026-11-23']));
  });

  it('are not given again for an occurrence that was told, when the task changes later that day', async () => {
    await notify.followTask.execute(taskNews());
    await notify.runner.start();
    goTo('2026-11-23T06:00:00Z');
    await eventually(async () => expect(await dates()).toEqual(['2026-11-23']));
    await notify.followTask.execute(taskNews({ seq: 2, at: new Date('2026-11-23T06:10:00Z'), timing: { ...DAILY_AT_SEVEN, wallTime: '09:00' } }));
    expect(notify.pending()).toEqual(['2026-11-24/in_app/0 2026-11-24T08:00:00.000Z']);
  });

  it('know a due date without a time of day, and nothing where there is neither', async () => {
    const once = { ...DAILY_AT_SEVEN, rrule: null, wallTime: null };
    await notify.followTask.execute(taskNews({ timing: { ...once, dueDate: new Date('2026-11-25T23:30:00Z') } }));
    expect(notify.pending()).toEqual(['2026-11-26/in_app/0 2026-11-25T23:30:00.000Z']);
    await notify.followTask.execute(taskNews({ seq: 2, timing: once }));
    expect(notify.pending()).toEqual([]);
  });

  it('belong to one person only', async () => {
    await notify.followTask.execute(taskNews());
    await notify.runner.start();
    goTo('2026-11-23T06:00:00Z');
    await eventually(async () => expect(await inbox()).toHaveLength(1));
    expect(await inbox(BOB)).toEqual([]);
  });
});
