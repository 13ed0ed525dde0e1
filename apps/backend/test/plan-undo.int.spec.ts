import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { InMemoryOutbox, type OutboxEvent } from '@selfos/persistence';
import { requireRealPart } from '@selfos/testing';
import type { PlanChange } from '../src/plans/index.js';
import { aGoalDraft, aTaskDraft } from './builders.js';
import { freshPostgresBackend } from './fresh-postgres-backend.js';
import { stateOf, undoProperties, type PlanBench } from './plan-properties.js';
import { as, type PostgresBackend } from './postgres-backend.js';

/** Breaks at one of the events: everything before it in the transaction is written by then. */
class BreakingOutbox extends InMemoryOutbox {
  left = Number.POSITIVE_INFINITY;

  override async append(...events: Parameters<InMemoryOutbox['append']>): Promise<void> {
    if (this.left === 0) throw new Error('broken off');
    this.left -= 1;
    await super.append(...events);
  }
}

for (const [part, version] of [['postgres', 'embedded'], ['postgres-15', '15']] as const) {
  requireRealPart(part)(`undoing plans on PostgreSQL ${version}`, () => {
    const at: { backend?: PostgresBackend } = {};
    beforeAll(async () => {
      at.backend = await freshPostgresBackend('backend_undo', version);
    });
    afterAll(() => at.backend?.stop());

    /** A new person each time, in a database that rolls back what fails. */
    const aBench = (outbox = new BreakingOutbox()): PlanBench & { readonly outbox: BreakingOutbox } => {
      const userId = uuidv7();
      const { transaction, ...domain } = (at.backend as PostgresBackend).domain(outbox);
      return { ...domain, outbox, userId, undoesFailures: true, run: (work) => as(userId, () => transaction.run(work)) };
    };
    undoProperties(async () => aBench(), 15);

    /** A plan that touches everything that a plan can. */
    async function aProposal(bench: PlanBench): Promise<string> {
      const [goal, old, task, done] = [aGoalDraft(), aGoalDraft(), aTaskDraft(), aTaskDraft({ recurring_pattern: null })];
      await bench.run(() => bench.goalBook.add(bench.userId, old, null));
      for (const draft of [task, done]) await bench.run(() => bench.taskBook.add(bench.userId, draft, null));
      const changes: PlanChange[] = [
        { op: 'create_goal', goal }, { op: 'create_task', task: aTaskDraft({ parent_goal_id: goal.id }) }, { op: 'update_task', task_id: task.id, set: { priority: 5, parent_goal_id: goal.id } },
        { op: 'complete_task', task_id: done.id, local_date: '2026-11-23' }, { op: 'achieve_goal', goal_id: old.id },
      ];
      return (await bench.run(() => bench.planDesk.receive(bench.userId, changes, { conversationId: null, apply: false }))).id;
    }

    it('accepts and undoes whole plans or nothing, wherever it breaks off', async () => {
      const bench = aBench();
      const id = await aProposal(bench);
      for (const decision of ['accept', 'undo'] as const) {
        const before = await stateOf(bench);
        const decide = () => bench.run(() => (decision === 'accept' ? bench.decidePlan.accept(bench.userId, id, {}) : bench.decidePlan.undo(bench.userId, id)));
        let broken = 0;
        for (bench.outbox.left = 0; ; bench.outbox.left = broken) {
          const outcome = await decide().catch((error: unknown) => error);
          if (!(outcome instanceof Error)) break;
          broken += 1;
          expect(await stateOf(bench)).toEqual(before);
        }
        expect(broken).toBe(decision === 'accept' ? 8 : 7);
        expect(await stateOf(bench)).not.toEqual(before);
        bench.outbox.left = Number.POSITIVE_INFINITY;
      }
    });

    it('applies once what two devices accept at once, and undoes it once', async () => {
      const bench = aBench();
      const id = await aProposal(bench);
      const twice = <T>(work: () => Promise<T>) => Promise.all([bench.run(work), bench.run(work), bench.run(work)]);
      const told = (type: string) => bench.outbox.events.filter((event: OutboxEvent) => event.type === type).length;
      const [first, ...others] = await twice(() => bench.decidePlan.accept(bench.userId, id, {}));
      for (const other of others) expect(other).toEqual(first);
      await twice(() => bench.decidePlan.undo(bench.userId, id));
      expect([told('plan.applied'), told('task.completed'), told('plan.undone'), told('occurrence.reopened')]).toEqual([1, 1, 1, 1]);
    });
  });
}
