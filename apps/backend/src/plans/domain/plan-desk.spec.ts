import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { ADA, aGoalDraft, aTaskDraft } from '../../../test/builders.js';
import { inMemoryBackend } from '../../../test/in-memory-backend.js';
import { undoProperties, type PlanBench } from '../../../test/plan-properties.js';
import { PlanOutdated } from './plan/plan.errors.js';
import type { PlanChange } from './plan/plan.js';

/** A person’s plans over in-memory adapters, which take nothing back. */
async function aBench(): Promise<PlanBench> {
  const { transaction, ...backend } = inMemoryBackend();
  return { ...backend, userId: ADA, undoesFailures: false, run: (work) => transaction.run(work) };
}

describe('PlanDesk', () => {
  undoProperties(aBench, 150);

  it('makes goals before the tasks that belong to them', async () => {
    const backend = inMemoryBackend();
    const goal = aGoalDraft();
    const changes: PlanChange[] = [{ op: 'create_task', task: aTaskDraft({ parent_goal_id: goal.id }) }, { op: 'create_goal', goal }];
    await backend.planDesk.receive(ADA, changes, { conversationId: null, apply: true });
    expect(backend.outbox.events.map(({ type }) => type)).toEqual(['goal.created', 'task.created', 'plan.applied']);
  });

  it('leaves what the person has removed meanwhile', async () => {
    const backend = inMemoryBackend();
    const task = aTaskDraft();
    const plan = await backend.planDesk.receive(ADA, [{ op: 'create_task', task }], { conversationId: null, apply: true });
    await backend.taskBook.remove(ADA, await backend.tasks.lock(ADA, task.id));
    expect(await backend.planDesk.undo(ADA, plan)).toMatchObject({ status: 'undone' });
  });

  it('keeps what a person did of a task that the undo takes away', async () => {
    const backend = inMemoryBackend();
    const task = aTaskDraft();
    const plan = await backend.planDesk.receive(ADA, [{ op: 'create_task', task }], { conversationId: null, apply: true });
    await backend.taskBook.complete(ADA, await backend.tasks.lock(ADA, task.id), { localDate: '2026-11-23' });
    await backend.planDesk.undo(ADA, plan);
    expect(await backend.occurrences.findPage(ADA, { limit: 9 })).toHaveLength(1);
  });

  it('leaves as it is what the person has decided since', async () => {
    const backend = inMemoryBackend();
    const [cancelled, ended] = [aTaskDraft({ recurring_pattern: null }), aTaskDraft()];
    for (const draft of [cancelled, ended]) await backend.taskBook.add(ADA, draft, null);
    const plan = await backend.planDesk.receive(
      ADA,
      [{ op: 'cancel_task', task_id: cancelled.id }, { op: 'complete_task', task_id: ended.id, local_date: '2026-11-23' }],
      { conversationId: null, apply: true },
    );
    await backend.taskBook.change(ADA, await backend.tasks.lock(ADA, cancelled.id), { status: 'open' });
    await backend.taskBook.complete(ADA, await backend.tasks.lock(ADA, cancelled.id), { localDate: '2026-11-23' });
    await backend.taskBook.change(ADA, await backend.tasks.lock(ADA, ended.id), { status: 'cancelled' });
    await backend.planDesk.undo(ADA, plan);
    expect([(await backend.tasks.lock(ADA, cancelled.id)).status, (await backend.tasks.lock(ADA, ended.id)).status]).toEqual(['completed', 'cancelled']);
    expect((await backend.occurrences.findPage(ADA, { limit: 9 })).map(({ task_id }) => task_id)).toEqual([cancelled.id]);
  });

  it('refuses a task of a goal that is gone', async () => {
    const backend = inMemoryBackend();
    const changes: PlanChange[] = [{ op: 'create_task', task: aTaskDraft({ parent_goal_id: uuidv7() }) }];
    await expect(backend.planDesk.receive(ADA, changes, { conversationId: null, apply: true })).rejects.toThrow(PlanOutdated);
  });

  it('refuses to change what is not there', async () => {
    const backend = inMemoryBackend();
    const changes: PlanChange[] = [{ op: 'cancel_task', task_id: uuidv7() }];
    await expect(backend.planDesk.receive(ADA, changes, { conversationId: null, apply: true })).rejects.toThrow(PlanOutdated);
  });

  it('only keeps a plan that waits to be accepted', async () => {
    const backend = inMemoryBackend();
    const plan = await backend.planDesk.receive(ADA, [{ op: 'create_task', task: aTaskDraft() }], { conversationId: null, apply: false });
    expect([plan.status, backend.outbox.events]).toEqual(['proposed', []]);
  });
});
