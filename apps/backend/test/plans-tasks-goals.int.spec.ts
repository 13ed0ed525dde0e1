import { describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import { aSaying, PARIS, useBackend } from './backend-under-test.js';
import { aGoalDraft, anEnvelope, aTaskDraft, BOB } from './builders.js';

requireRealPart('postgres')('plans, tasks and goals over HTTP', () => {
  const backend = useBackend();

  describe('a plan', () => {
    it('waits when asked to, then is accepted, and undone exactly', async () => {
      const user = await backend.someone();
      const goal = aGoalDraft();
      backend.engine.propose = () => [{ op: 'create_task', task: aTaskDraft({ parent_goal_id: goal.id }) }, { op: 'create_goal', goal }];
      const answer = await backend.as(user, () => backend.client.call(routes.converse, { body: aSaying({ apply: false }) }));
      expect([answer.plan?.status, answer.created_tasks]).toEqual(['proposed', []]);
      const path = { params: { id: answer.plan?.id ?? '' } };
      const lists = async () => backend.as(user, async () => [(await backend.client.call(routes.listTasks, {})).items, (await backend.client.call(routes.listGoals, {})).items]);
      expect(await lists()).toEqual([[], []]);
      expect(await backend.as(user, () => backend.client.call(routes.acceptPlan, { ...path, body: {} }))).toMatchObject({ status: 'applied', applied_at: '2026-11-23T05:00:00.000Z' });
      expect(await backend.as(user, () => backend.client.call(routes.acceptPlan, { ...path, body: {} }))).toMatchObject({ status: 'applied' });
      expect((await lists()).map((items) => items.length)).toEqual([1, 1]);
      expect(await backend.as(user, () => backend.client.call(routes.undoPlan, path))).toMatchObject({ status: 'undone' });
      expect(await lists()).toEqual([[], []]);
      await expect(backend.as(user, () => backend.client.call(routes.rejectPlan, path))).rejects.toMatchObject({ code: 'plans.plan.not-proposed' });
      expect(await backend.told(user)).toEqual(['conversation.turn_completed', 'goal.created', 'task.created', 'plan.applied', 'task.deleted', 'goal.deleted', 'plan.undone']);
      await expect(backend.as(BOB, () => backend.client.call(routes.getPlan, path))).rejects.toMatchObject({ code: 'plans.plan.not-found' });
    });
  });

  describe('a task', () => {
    const creating = (more: object = {}) => ({ body: { ...aTaskDraft(), ...more } });

    it('understands words and cron, and refuses what makes no sense', async () => {
      const user = await backend.someone();
      const cron = await backend.as(user, () => backend.client.call(routes.createTask, creating({ recurring_pattern: '30 18 * * 1-5', scheduled_time: null })));
      expect(cron).toMatchObject({ recurring_pattern: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', scheduled_time: '18:30', recurrence: 'weekdays', version: 1, status: 'open' });
      expect(await backend.as(user, () => backend.client.call(routes.getTask, { params: { id: cron.id } }))).toEqual(cron);
      await expect(backend.as(user, () => backend.client.call(routes.createTask, creating({ recurring_pattern: 'whenever' })))).rejects.toMatchObject({ kind: 'invalid', code: 'recurrence.words.invalid', issues: [{ pointer: '/recurring_pattern' }] });
      await expect(backend.as(user, () => backend.client.call(routes.createTask, creating({ id: cron.id })))).rejects.toMatchObject({ code: 'tasks.task.exists' });
      await expect(backend.as(user, () => backend.client.call(routes.createTask, creating({ parent_goal_id: uuidv7() })))).rejects.toMatchObject({ code: 'tasks.task.goal-unknown' });
    });

    it('changes from the version that was seen only', async () => {
      const user = await backend.someone();
      const task = await backend.as(user, () => backend.client.call(routes.createTask, creating()));
      const path = { params: { id: task.id } };
      const changed = await backend.as(user, () => backend.client.call(routes.changeTask, { ...path, ifMatch: 1, body: { priority: 5, recurring_pattern: 'weekly on Tue, Thu' } }));
      expect(changed).toMatchObject({ priority: 5, recurrence: 'weekly on Tue, Thu', version: 2, scheduled_time: '07:00' });
      await expect(backend.as(user, () => backend.client.call(routes.changeTask, { ...path, ifMatch: 1, body: { priority: 1 } }))).rejects.toMatchObject({ code: 'tasks.task.version-mismatch', face: { status: 412 } });
      await expect(backend.as(BOB, () => backend.client.call(routes.deleteTask, { ...path, ifMatch: '*' }))).rejects.toMatchObject({ code: 'tasks.task.not-found' });
      await backend.as(user, () => backend.client.call(routes.deleteTask, { ...path, ifMatch: 2 }));
      await expect(backend.as(user, () => backend.client.call(routes.getTask, path))).rejects.toMatchObject({ code: 'tasks.task.not-found' });
      expect(await backend.told(user)).toEqual(['task.created', 'task.updated', 'task.deleted']);
    });

    it('is completed once a day, also by two at once, and shows in today', async () => {
      const user = await backend.someone();
      const task = await backend.as(user, () => backend.client.call(routes.createTask, creating()));
      const path = { params: { id: task.id } };
      const [one, two] = await Promise.all([1, 2].map(() => backend.as(user, () => backend.client.call(routes.completeTask, { ...path, body: {} }))));
      expect(one).toEqual(two);
      expect(one).toMatchObject({ local_date: '2026-11-23', minutes: 15 });
      const today = await backend.as(user, () => backend.client.call(routes.getToday, {}));
      expect(today).toMatchObject({ date: '2026-11-23', timezone: PARIS, items: [{ scheduled_at: '2026-11-23T06:00:00.000Z', overdue: false, occurrence: { id: one?.id } }] });
      await expect(backend.as(user, () => backend.client.call(routes.completeTask, { ...path, body: { local_date: '2026-11-25' } }))).rejects.toMatchObject({ code: 'tasks.occurrence.in-future' });
      expect(await backend.told(user)).toEqual(['task.created', 'occurrence.completed']);
      expect((await backend.as(user, () => backend.client.call(routes.listOccurrences, { query: { from: '2026-11-23' } }))).items).toEqual([one]);
    });

    it('that does not recur is done as a whole, and can be opened again', async () => {
      const user = await backend.someone();
      const task = await backend.as(user, () => backend.client.call(routes.createTask, creating({ recurring_pattern: null, start_date: '2026-11-20' })));
      const path = { params: { id: task.id } };
      expect((await backend.as(user, () => backend.client.call(routes.getToday, {}))).items).toMatchObject([{ local_date: '2026-11-20', overdue: true }]);
      const done = await backend.as(user, () => backend.client.call(routes.changeTask, { ...path, ifMatch: 1, body: { status: 'completed' } }));
      expect(done.status).toBe('completed');
      expect((await backend.as(user, () => backend.client.call(routes.listOccurrences, {}))).items).toMatchObject([{ task_id: task.id, local_date: '2026-11-23' }]);
      const open = await backend.as(user, () => backend.client.call(routes.changeTask, { ...path, ifMatch: done.version, body: { status: 'open' } }));
      expect(open.status).toBe('open');
      expect((await backend.as(user, () => backend.client.call(routes.listOccurrences, {}))).items).toEqual([]);
      expect(await backend.told(user)).toEqual(['task.created', 'occurrence.completed', 'task.completed', 'occurrence.reopened', 'task.updated']);
    });

    it('pages newest first', async () => {
      const user = await backend.someone();
      for (let minute = 0; minute < 5; minute += 1) {
        backend.clock.freeze(Date.parse('2026-11-23T05:00:00Z') + minute * 60_000);
        await backend.as(user, () => backend.client.call(routes.createTask, creating()));
      }
      const one = await backend.as(user, () => backend.client.call(routes.listTasks, { query: { limit: 3 } }));
      const two = await backend.as(user, () => backend.client.call(routes.listTasks, { query: { limit: 3, cursor: one.next_cursor ?? '' } }));
      const created = [...one.items, ...two.items].map(({ created_at }) => created_at);
      expect(created).toEqual(created.toSorted().toReversed());
      expect([created.length, new Set(created).size, two.next_cursor]).toEqual([5, 5, null]);
    });
  });

  describe('a goal', () => {
    it('that goes leaves its tasks, each as a new version that is told of', async () => {
      const user = await backend.someone();
      const goal = await backend.as(user, () => backend.client.call(routes.createGoal, { body: aGoalDraft() }));
      const task = await backend.as(user, () => backend.client.call(routes.createTask, { body: aTaskDraft({ parent_goal_id: goal.id }) }));
      await backend.as(user, () => backend.client.call(routes.deleteGoal, { params: { id: goal.id }, ifMatch: 1 }));
      expect(await backend.as(user, () => backend.client.call(routes.getTask, { params: { id: task.id } }))).toMatchObject({ parent_goal_id: null, version: 2 });
      expect(await backend.told(user)).toEqual(['goal.created', 'task.created', 'task.updated', 'goal.deleted']);
    });

    it('follows its milestones and is achieved once', async () => {
      const user = await backend.someone();
      const milestones = [0, 1].map(() => ({ id: uuidv7(), title: anEnvelope('goals.milestone.title'), due_date: null, done: false }));
      const goal = await backend.as(user, () => backend.client.call(routes.createGoal, { body: { ...aGoalDraft(), milestones } }));
      const path = { params: { id: goal.id } };
      const half = await backend.as(user, () => backend.client.call(routes.changeGoal, { ...path, ifMatch: 1, body: { milestones: milestones.map((one, index) => ({ ...one, done: index === 0 })) } }));
      expect(half).toMatchObject({ progress: 0.5, status: 'active', achieved_at: null });
      const full = await backend.as(user, () => backend.client.call(routes.changeGoal, { ...path, ifMatch: 2, body: { progress: 1 } }));
      expect(full).toMatchObject({ progress: 1, status: 'achieved', achieved_at: '2026-11-23T05:00:00.000Z' });
      await backend.as(user, () => backend.client.call(routes.changeGoal, { ...path, ifMatch: 3, body: { status: 'active', progress: 0.2 } }));
      await backend.as(user, () => backend.client.call(routes.changeGoal, { ...path, ifMatch: 4, body: { status: 'achieved' } }));
      expect((await backend.told(user)).filter((type) => type === 'goal.achieved')).toHaveLength(1);
      await expect(backend.as(user, () => backend.client.call(routes.changeGoal, { ...path, ifMatch: 1, body: { progress: 0 } }))).rejects.toMatchObject({ code: 'goals.goal.version-mismatch' });
      await backend.as(user, () => backend.client.call(routes.deleteGoal, { ...path, ifMatch: '*' }));
      await expect(backend.as(user, () => backend.client.call(routes.getGoal, path))).rejects.toMatchObject({ code: 'goals.goal.not-found' });
    });
  });
});
