import { expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { requireRealPart } from '@selfos/testing';
import { aSaying, useBackend } from './backend-under-test.js';
import { aGoalDraft, aTaskDraft } from './builders.js';

requireRealPart('postgres')('settings over HTTP', () => {
  const backend = useBackend();
  const read = (user: string) => backend.as(user, () => backend.client.call(routes.getSettings, {}));
  const nothing = { day_tokens: null, month_tokens: null, day_money: null, month_money: null };

  it('are what the installation has until a person changes one, from the version they have seen', async () => {
    const user = await backend.someone();
    expect(await read(user)).toEqual({ privacy_mode: 'off', model: null, budget: nothing, ask_before_applying: false, version: 1 });
    const changing = (ifMatch: number, body: object) => backend.as(user, () => backend.client.call(routes.changeSettings, { ifMatch, body }));
    const first = await changing(1, { privacy_mode: 'private', budget: { day_tokens: 5_000_000_000, month_money: 2.5 } });
    expect(first).toMatchObject({ privacy_mode: 'private', budget: { ...nothing, day_tokens: 5_000_000_000, month_money: 2.5 }, version: 2 });
    await expect(changing(1, { model: 'x/y' })).rejects.toMatchObject({ code: 'settings.settings.version-mismatch' });
    const second = await changing(2, { model: 'x/y', budget: { day_tokens: null } });
    expect(second).toEqual({ ...first, model: 'x/y', budget: { ...nothing, month_money: 2.5 }, version: 3 });
    expect(await read(user)).toEqual(second);
    expect((await read(await backend.someone())).version).toBe(1);
  });

  it('tell whoever asks models of a wish for privacy before it is confirmed, and of nothing else', async () => {
    const user = await backend.someone();
    const changing = (ifMatch: number, body: object) => backend.as(user, () => backend.client.call(routes.changeSettings, { ifMatch, body }));
    const before = backend.engine.heeded.length;
    await changing(1, { model: 'x/y' });
    await changing(2, { privacy_mode: 'private' });
    expect(backend.engine.heeded.slice(before)).toEqual([{ privacy_mode: 'private', model: 'x/y', budget: nothing, version: 3 }]);
    await changing(3, { privacy_mode: 'off' });
    expect(backend.engine.heeded.length).toBe(before + 1);
  });

  it('keep one of two changes that were made from the same version at once', async () => {
    const user = await backend.someone();
    const both = [true, false].map((ask) => backend.as(user, () => backend.client.call(routes.changeSettings, { ifMatch: 1, body: { ask_before_applying: ask } })));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await read(user)).version).toBe(2);
  });

  it('go to whoever answers, with what is before the person', async () => {
    const user = await backend.someone();
    const goal = aGoalDraft();
    backend.engine.propose = () => [{ op: 'create_goal', goal }, { op: 'create_task', task: aTaskDraft({ parent_goal_id: goal.id }) }];
    await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
    expect(backend.engine.questions.at(-1)).toMatchObject({ settings: { privacy_mode: 'off', model: null, budget: nothing }, agenda: { tasks: [], more_tasks: 0, goals: [], more_goals: 0 } });
    const [task] = (await backend.as(user, () => backend.client.call(routes.listTasks, {}))).items;
    await backend.as(user, () => backend.client.call(routes.completeTask, { params: { id: task?.id ?? '' }, body: {} }));
    await backend.as(user, () => backend.client.call(routes.changeSettings, { ifMatch: 1, body: { privacy_mode: 'offline' } }));
    backend.engine.propose = () => [];
    await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
    const question = backend.engine.questions.at(-1);
    expect(question?.settings.privacy_mode).toBe('offline');
    expect(question?.agenda.goals).toEqual([{ id: goal.id, title: goal.title, life_areas: ['health'], target_date: '2027-06-01', progress: 0, status: 'active' }]);
    expect(question?.agenda.tasks).toMatchObject([{ id: task?.id, title: task?.title, recurrence: 'daily', scheduled_time: '07:00', parent_goal_id: goal.id, overdue: false, done: ['2026-11-23'] }]);
    expect(question?.agenda.tasks[0]?.next).toEqual(Array.from({ length: 13 }, (_, day) => new Date(Date.UTC(2026, 10, 24 + day)).toISOString().slice(0, 10)));
  });

  it('let plans wait for their owner who wants to be asked, unless one sentence says otherwise', async () => {
    const user = await backend.someone();
    backend.engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }];
    await backend.as(user, () => backend.client.call(routes.changeSettings, { ifMatch: 1, body: { ask_before_applying: true } }));
    const { apply: _, ...silent } = aSaying();
    const asked = await backend.as(user, () => backend.client.call(routes.converse, { body: silent }));
    expect([asked.plan?.status, asked.created_tasks]).toEqual(['proposed', []]);
    expect((await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }))).plan?.status).toBe('applied');
  });

  it('let a plan that rests on the words of others wait, whatever they say', async () => {
    const user = await backend.someone();
    backend.engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }];
    backend.engine.more = { needs_confirmation: true };
    const answer = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
    expect(answer).toMatchObject({ plan: { status: 'proposed' }, needs_confirmation: true });
  });

  it('make no plan of an answer that broke off', async () => {
    const user = await backend.someone();
    backend.engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }];
    backend.engine.more = { truncated: true };
    const answer = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying() }));
    expect(answer).toMatchObject({ plan: null, truncated: true });
    const messages = await backend.as(user, () => backend.client.call(routes.listMessages, { params: { id: answer.conversation_id } }));
    expect(messages.items.map(({ truncated }) => truncated)).toEqual([false, true]);
  });
});
