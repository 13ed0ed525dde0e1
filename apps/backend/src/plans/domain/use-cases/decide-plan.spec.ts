import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { ADA, aGoalDraft, anEnvelope, aTaskDraft, BOB } from '../../../../test/builders.js';
import { inMemoryBackend } from '../../../../test/in-memory-backend.js';
import { PlanChoiceInvalid, PlanExpired, PlanNotFound, PlanNotProposed, PlanOutdated, PlanUndoExpired } from '../plan/plan.errors.js';
import { viewOf, type PlanChange } from '../plan/plan.js';

const DAY_MS = 86_400_000;

/** A plan of a goal, a task of it, a task without, and a memory, proposed or applied. */
async function aProposal(apply = false) {
  const backend = inMemoryBackend();
  const goal = aGoalDraft();
  const [tied, free] = [aTaskDraft({ parent_goal_id: goal.id }), aTaskDraft({ recurring_pattern: null })];
  const memoryId = uuidv7();
  const memory = { id: memoryId, type: 'preference' as const, text: anEnvelope('memories.memory.text', memoryId) };
  const changes: PlanChange[] = [{ op: 'create_goal', goal }, { op: 'create_task', task: tied }, { op: 'create_task', task: free }, { op: 'remember', memory }];
  const { id } = await backend.planDesk.receive(ADA, changes, { conversationId: null, apply });
  const titles = async () => (await backend.tasks.findPage(ADA, { limit: 9 })).map(({ title }) => title);
  return { ...backend, id, goal, tied, free, memory, titles, told: (type: string) => backend.outbox.events.filter((event) => event.type === type).map(({ payload }) => (payload as { data: unknown }).data) };
}

describe('DecidePlan', () => {
  it('applies all of a plan, once, however often it is accepted', async () => {
    const table = await aProposal();
    const first = await table.decidePlan.accept(ADA, table.id, {});
    expect([first.status, first.accepted]).toEqual(['applied', [0, 1, 2, 3]]);
    expect(await table.decidePlan.accept(ADA, table.id, {})).toEqual(first);
    await expect(table.decidePlan.accept(ADA, table.id, { changes: [1] })).rejects.toThrow(PlanNotProposed);
    expect(table.told('plan.applied')).toMatchObject([{ task_ids: [table.tied.id, table.free.id], goal_ids: [table.goal.id], memories: [{ op: 'remember', id: table.memory.id, text: { oid: table.memory.id } }] }]);
  });

  it('applies some of a plan; a task without its goal is made without one', async () => {
    const table = await aProposal();
    const plan = await table.decidePlan.accept(ADA, table.id, { changes: [1] });
    expect([plan.accepted, await table.titles()]).toEqual([[1], [table.tied.title]]);
    expect(await table.tasks.find(ADA, table.tied.id)).toMatchObject({ parent_goal_id: null });
    expect(table.told('plan.applied')).toEqual([{ id: table.id, conversation_id: null, task_ids: [table.tied.id], goal_ids: [] }]);
    await table.decidePlan.undo(ADA, table.id);
    expect([await table.titles(), table.told('plan.undone')]).toEqual([[], table.told('plan.applied')]);
  });

  it('applies what its owner made of it', async () => {
    const table = await aProposal();
    const edited: PlanChange = { op: 'create_task', task: { ...table.free, title: anEnvelope('tasks.task.title', table.free.id), priority: 5 } };
    const plan = await table.decidePlan.accept(ADA, table.id, { changes: [2], edits: [{ index: 2, change: edited }] });
    expect(plan.changes[2]).toEqual(edited);
    expect(await table.tasks.find(ADA, table.free.id)).toMatchObject({ title: edited.task.title, priority: 5 });
  });

  it('refuses a place that is not there, another object, another operation, and words sealed for another object', async () => {
    const table = await aProposal();
    const task = table.free;
    const wrong: PlanChange[] = [
      { op: 'create_task', task: aTaskDraft() },
      { op: 'cancel_task', task_id: task.id },
      { op: 'create_task', task: { ...task, title: anEnvelope('tasks.task.title') } },
      { op: 'create_task', task: { ...task, description: anEnvelope('tasks.task.description', table.tied.id) } },
    ];
    for (const change of wrong) await expect(table.decidePlan.accept(ADA, table.id, { edits: [{ index: 2, change }] })).rejects.toMatchObject({ issues: [{ pointer: '/edits/0' }] });
    const goal = { ...table.goal, milestones: [{ id: uuidv7(), title: anEnvelope('goals.milestone.title', table.goal.id), due_date: null, done: false }] };
    await expect(table.decidePlan.accept(ADA, table.id, { edits: [{ index: 0, change: { op: 'create_goal', goal } }] })).rejects.toThrow(PlanChoiceInvalid);
    await expect(table.decidePlan.accept(ADA, table.id, { changes: [0, 4] })).rejects.toMatchObject({ issues: [{ pointer: '/changes/1' }] });
    expect(await table.titles()).toEqual([]);
  });

  it('refuses to change a task whose making was not accepted', async () => {
    const table = inMemoryBackend();
    const task = aTaskDraft();
    const { id } = await table.planDesk.receive(ADA, [{ op: 'create_task', task }, { op: 'complete_task', task_id: task.id, local_date: '2026-11-23' }], { conversationId: null, apply: false });
    await expect(table.decidePlan.accept(ADA, id, { changes: [1] })).rejects.toThrow(PlanOutdated);
  });

  it('waits for 30 days, and no longer', async () => {
    const [inTime, late] = [await aProposal(), await aProposal()];
    inTime.clock.advance(30 * DAY_MS);
    expect((await inTime.decidePlan.accept(ADA, inTime.id, {})).status).toBe('applied');
    late.clock.advance(30 * DAY_MS + 1);
    await expect(late.decidePlan.accept(ADA, late.id, {})).rejects.toThrow(PlanExpired);
    expect((await late.decidePlan.reject(ADA, late.id)).status).toBe('rejected');
  });

  it('can be undone for 30 days after it was applied, and says until when', async () => {
    const [inTime, late] = [await aProposal(true), await aProposal(true)];
    expect(viewOf(await inTime.decidePlan.read(ADA, inTime.id)).undo_until).toBe('2026-12-23T05:00:00.000Z');
    inTime.clock.advance(30 * DAY_MS);
    const undone = await inTime.decidePlan.undo(ADA, inTime.id);
    expect([undone.status, viewOf(undone).undo_until]).toEqual(['undone', null]);
    inTime.clock.advance(DAY_MS);
    expect(await inTime.decidePlan.undo(ADA, inTime.id)).toEqual(undone);
    late.clock.advance(30 * DAY_MS + 1);
    await expect(late.decidePlan.undo(ADA, late.id)).rejects.toThrow(PlanUndoExpired);
  });

  it('says what its owner has changed since and keeps', async () => {
    const table = await aProposal(true);
    await table.taskBook.change(ADA, await table.tasks.lock(ADA, table.free.id), { priority: 5 });
    await table.taskBook.add(ADA, aTaskDraft({ parent_goal_id: table.goal.id }), null);
    const undone = await table.decidePlan.undo(ADA, table.id);
    expect(undone.kept).toEqual([
      { kind: 'task', id: table.free.id, because: 'changed', fields: ['priority'] },
      { kind: 'goal', id: table.goal.id, because: 'used', fields: [] },
    ]);
    expect([await table.tasks.find(ADA, table.tied.id), (await table.goals.find(ADA, table.goal.id))?.title]).toEqual([undefined, table.goal.title]);
  });

  it('leaves a task done that its owner has opened again and done', async () => {
    const table = inMemoryBackend();
    const { id: taskId } = await table.taskBook.add(ADA, aTaskDraft({ recurring_pattern: null }), null);
    const task = () => table.tasks.lock(ADA, taskId);
    const { id } = await table.planDesk.receive(ADA, [{ op: 'complete_task', task_id: taskId, local_date: '2026-11-23' }], { conversationId: null, apply: true });
    const [made] = await table.occurrences.findPage(ADA, { taskId, limit: 1 });
    if (made !== undefined) await table.taskBook.reopen(ADA, made, true);
    await table.taskBook.complete(ADA, await task(), { localDate: '2026-11-22' });
    expect((await table.decidePlan.undo(ADA, id)).kept).toEqual([{ kind: 'task', id: taskId, because: 'changed', fields: ['status'] }]);
    expect([(await task()).status, (await table.occurrences.findPage(ADA, { taskId, limit: 9 })).length]).toEqual(['completed', 1]);
  });

  it('lets a goal that was called achieved be achieved again later', async () => {
    const table = inMemoryBackend();
    const { id: goalId } = await table.goalBook.add(ADA, aGoalDraft(), null);
    const { id } = await table.planDesk.receive(ADA, [{ op: 'achieve_goal', goal_id: goalId }], { conversationId: null, apply: true });
    expect(await table.goals.lock(ADA, goalId)).toMatchObject({ status: 'achieved', progress: 1, achieved_at: '2026-11-23T05:00:00.000Z' });
    await table.decidePlan.undo(ADA, id);
    expect(await table.goals.lock(ADA, goalId)).toMatchObject({ status: 'active', progress: 0, achieved_at: null });
  });

  it('shows nobody another person’s plan', async () => {
    const table = await aProposal();
    await expect(table.decidePlan.accept(BOB, table.id, {})).rejects.toThrow(PlanNotFound);
  });
});
