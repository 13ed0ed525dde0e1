import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import type { Proposal } from '../memory/memory.js';
import { MemoryRepository } from '../memory/memory.repository.js';
import { PlanBook, type PlannedMemory, type PlanState } from '../plans/plan-book.js';
import { SemanticIndex } from '../search/semantic-index.js';
import { Remember } from './remember.js';

/**
 * Brings memories in line with the newest state of a plan. Applied: what it remembers is kept, what it forgets is hidden. Undone:
 * everything is as it was before. May be done twice, and while the plan changes.
 */
@Injectable()
export class FollowPlan {
  constructor(
    private readonly plans: PlanBook,
    private readonly memories: MemoryRepository,
    private readonly semantics: SemanticIndex,
    private readonly remember: Remember,
    private readonly transaction: Transaction,
  ) {}

  /** Throws MemoryUnreadable, EmbedderUnavailable. */
  async execute(userId: Uuid, planId: Uuid): Promise<void> {
    const plan = await this.transaction.run(() => this.plans.find(userId, planId));
    if (plan?.state === 'applied') await this.apply(userId, plan);
    // it may have been undone while we were about it
    await this.transaction.run(async () => {
      const latest = await this.plans.find(userId, planId);
      if (latest?.state === 'undone') await this.takeBack(userId, latest);
    });
  }

  /** Past the time in which it can be undone: what the plan forgets is forgotten for good. */
  async finish(userId: Uuid, planId: Uuid): Promise<void> {
    await this.transaction.run(async () => {
      for (const { id } of await this.memories.findHidden(userId, planId)) {
        await this.semantics.remove(userId, id);
        await this.memories.remove(userId, id);
      }
      await this.plans.finish(userId, planId);
    });
  }

  private async apply(userId: Uuid, plan: PlanState): Promise<void> {
    const drafts = plan.memories.flatMap((memory) => (memory.op === 'remember' ? [draftOf(memory, plan)] : []));
    if (drafts.length > 0) await this.remember.execute(userId, drafts);
    await this.transaction.run(async () => {
      for (const { op, id } of plan.memories) if (op === 'forget') await this.memories.hide(userId, id, plan.planId);
    });
  }

  private async takeBack(userId: Uuid, { planId, memories }: PlanState): Promise<void> {
    for (const { op, id } of memories) {
      if (op === 'forget') await this.memories.show(userId, id, planId);
      else await this.unremember(userId, id);
    }
  }

  /** What it had closed is open again, or closed by whatever came after it. */
  private async unremember(userId: Uuid, id: Uuid): Promise<void> {
    const memory = await this.memories.findEvenHidden(userId, id);
    for (const closed of await this.memories.findSupersededBy(userId, id)) {
      await this.memories.save(userId, { ...closed, validTo: memory?.validTo ?? null, supersededBy: memory?.supersededBy ?? null });
    }
    if (memory === undefined) return;
    await this.semantics.remove(userId, id);
    await this.memories.remove(userId, id);
  }
}

function draftOf({ id, type, text }: Extract<PlannedMemory, { readonly op: 'remember' }>, { planId, at }: PlanState): Proposal {
  return { id, type, text, source: { kind: 'plan', id: planId }, validFrom: at };
}
