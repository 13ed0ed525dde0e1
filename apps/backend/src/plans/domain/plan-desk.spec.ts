import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uuidv7 } from '@selfos/kernel';
import { ADA, aGoalDraft, aTaskDraft } from '../../../test/builders.js';
import { inMemoryBackend, type InMemoryBackend } from '../../../test/in-memory-backend.js';
import { PlanOutdated } from './plan/plan.errors.js';
import type { PlanChange } from './plan/plan.js';

/** Everything a person can see, but not how often it was written. */
async function stateOf(backend: InMemoryBackend): Promise<unknown> {
  const seen = (items: readonly object[]) => items.map((item) => ({ ...item, version: 0, updated_at: '' }));
  return {
    tasks: seen(await backend.tasks.findPage(ADA, { limit: 1_000 })),
    goals: seen(await backend.goals.findPage(ADA, { limit: 1_000 })),
    done: await backend.occurrences.findPage(ADA, { limit: 1_000 }),
  };
}

const ids = Array.from({ length: 6 }, () => uuidv7());
const goalIds = ids.slice(4);
const someDate = fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23');

/** What happened before the plan: tasks in all states, some of them done on some days. */
const someLife = fc.array(
  fc.record({ recurs: fc.boolean(), done: fc.subarray(['2026-11-21', '2026-11-22', '2026-11-23']), end: fc.constantFrom('open', 'cancelled', 'completed') }),
  { minLength: 4, maxLength: 4 },
);
const someChange: fc.Arbitrary<PlanChange> = fc.oneof(
  fc.record({ op: fc.constant('complete_task' as const), task_id: fc.constantFrom(...ids.slice(0, 4)), local_date: someDate }),
  fc.record({ op: fc.constant('cancel_task' as const), task_id: fc.constantFrom(...ids.slice(0, 4)) }),
  fc.constantFrom(null, ...goalIds).map((goal) => ({ op: 'create_task' as const, task: aTaskDraft({ parent_goal_id: goal }) })),
  fc.constant(null).map(() => ({ op: 'create_goal' as const, goal: aGoalDraft() })),
);

async function live(backend: InMemoryBackend, life: readonly { recurs: boolean; done: string[]; end: string }[]): Promise<void> {
  for (const id of goalIds) await backend.goalBook.add(ADA, aGoalDraft({ id }), null);
  for (const [index, { recurs, done, end }] of life.entries()) {
    const id = ids[index] ?? uuidv7();
    await backend.taskBook.add(ADA, aTaskDraft({ id, recurring_pattern: recurs ? 'FREQ=DAILY' : null }), null);
    for (const localDate of done) await backend.taskBook.complete(ADA, await backend.tasks.lock(ADA, id), { localDate });
    if (end !== 'open') await backend.taskBook.change(ADA, await backend.tasks.lock(ADA, id), { status: end === 'cancelled' ? 'cancelled' : 'completed' });
  }
}

describe('PlanDesk', () => {
  it('restores by undo exactly what was before, whatever the plan did', async () => {
    await fc.assert(
      fc.asyncProperty(someLife, fc.array(someChange, { maxLength: 8 }), async (life, changes) => {
        const backend = inMemoryBackend();
        await live(backend, life);
        const before = await stateOf(backend);
        backend.clock.advance(60_000);
        const plan = await backend.planDesk.receive(ADA, changes, { conversationId: null, apply: true }).catch((error: unknown) => error);
        if (plan instanceof Error) return fc.pre(false);
        backend.clock.advance(60_000);
        await backend.planDesk.undo(ADA, await backend.plans.lock(ADA, (plan as { id: string }).id));
        expect(await stateOf(backend)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

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
