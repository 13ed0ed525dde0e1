import { beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, aTaskDraft, BOB } from '../../../test/builders.js';
import { inMemoryBackend, type InMemoryBackend } from '../../../test/in-memory-backend.js';
import { Today } from './today.js';

describe('Today', () => {
  const at: { backend: InMemoryBackend; today: Today } = { backend: inMemoryBackend(), today: undefined as never };

  beforeEach(async () => {
    const backend = inMemoryBackend();
    at.backend = backend;
    at.today = new Today(backend.tasks, backend.occurrences, backend.people, backend.transaction, backend.clock);
    await backend.persons.learn(ADA, { timezone: 'Europe/Paris', seq: 1 });
    await backend.persons.learn(BOB, { timezone: 'Pacific/Auckland', seq: 1 });
  });

  const add = (change: Parameters<typeof aTaskDraft>[0]) => at.backend.taskBook.add(ADA, aTaskDraft(change), null);

  it('is the day that it is where the person lives', async () => {
    at.backend.clock.freeze(Date.parse('2026-11-23T12:30:00Z'));
    expect((await at.today.execute(ADA)).date).toBe('2026-11-23');
    expect(await at.today.execute(BOB)).toEqual({ date: '2026-11-24', timezone: 'Pacific/Auckland', items: [], more: 0 });
  });

  it('has what recurs today, by its time, and nothing of another day', async () => {
    await add({ scheduled_time: '18:00' });
    await add({ scheduled_time: '07:00', recurring_pattern: 'FREQ=WEEKLY;BYDAY=MO' });
    await add({ scheduled_time: null, priority: 5 });
    await add({ recurring_pattern: 'FREQ=WEEKLY;BYDAY=TU' });
    await add({ start_date: '2026-11-24' });
    const { items } = await at.today.execute(ADA);
    expect(items.map(({ scheduled_at }) => scheduled_at)).toEqual(['2026-11-23T06:00:00.000Z', '2026-11-23T17:00:00.000Z', null]);
    expect(items.every(({ local_date, overdue }) => local_date === '2026-11-23' && !overdue)).toBe(true);
  });

  it('keeps an open task of an earlier day as overdue until it is done', async () => {
    const task = await add({ recurring_pattern: null, start_date: '2026-11-20', scheduled_time: null });
    expect((await at.today.execute(ADA)).items).toMatchObject([{ local_date: '2026-11-20', overdue: true, occurrence: null }]);
    await at.backend.taskBook.complete(ADA, task, { localDate: '2026-11-23' });
    expect((await at.today.execute(ADA)).items).toMatchObject([{ local_date: '2026-11-23', overdue: false, occurrence: { task_id: task.id } }]);
    at.backend.clock.advance(86_400_000);
    expect((await at.today.execute(ADA)).items).toEqual([]);
  });

  it('shows at most 200, those of today before those that are overdue, and says how many more there are', async () => {
    const dated = (start_date: string) => add({ recurring_pattern: null, start_date, scheduled_time: null });
    for (let at = 0; at < 150; at += 1) await dated('2026-11-23');
    for (let at = 0; at < 300; at += 1) await dated(at < 100 ? '2026-11-20' : '2026-11-10');
    await dated('2026-11-24');
    const { items, more } = await at.today.execute(ADA);
    const count = (date: string) => items.filter(({ local_date }) => local_date === date).length;
    expect([count('2026-11-23'), count('2026-11-20'), items.length, more]).toEqual([150, 50, 200, 250]);
  });

  it('shows a recurring task that was done today once, with its occurrence', async () => {
    const task = await add({});
    await at.backend.taskBook.complete(ADA, task, { localDate: '2026-11-23' });
    expect((await at.today.execute(ADA)).items).toMatchObject([{ occurrence: { task_id: task.id, minutes: 15 } }]);
  });
});
