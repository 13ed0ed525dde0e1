import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock, uuidv7, type Uuid } from '@selfos/kernel';
import { ChangeSet } from './change-set.js';
import { PlanRepository } from './plan/plan.repository.js';
import { inOrder, propose, summaryOf, type Plan, type PlanChange, type Reversal } from './plan/plan.js';

/** Puts plans into effect and takes them back, as a whole. Works inside the caller's transaction. */
@Injectable()
export class PlanDesk {
  constructor(
    private readonly plans: PlanRepository,
    private readonly changeSet: ChangeSet,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /** Keeps proposed changes as a plan, and applies it at once when asked to. */
  async receive(userId: Uuid, changes: readonly PlanChange[], wish: { conversationId: Uuid | null; apply: boolean }): Promise<Plan> {
    const now = this.clock.now();
    const plan = propose({ id: uuidv7(now.getTime()), conversationId: wish.conversationId, changes, now });
    await this.plans.insert(userId, plan);
    return wish.apply ? this.apply(userId, plan) : plan;
  }

  async apply(userId: Uuid, plan: Plan): Promise<Plan> {
    const reversals: Reversal[] = [];
    for (const change of inOrder(plan.changes)) {
      const reversal = await this.changeSet.make(userId, change, plan.id);
      if (reversal !== undefined) reversals.push(reversal);
    }
    const applied: Plan = { ...plan, status: 'applied', accepted: plan.changes.map((_, index) => index), reversals, applied_at: this.clock.now().toISOString() };
    await this.plans.update(userId, applied);
    await this.publisher.publish(events.planApplied, { aggregateId: plan.id, userId, data: summaryOf(plan) });
    return applied;
  }

  async undo(userId: Uuid, plan: Plan): Promise<Plan> {
    for (const reversal of plan.reversals.toReversed()) await this.changeSet.takeBack(userId, reversal);
    const undone: Plan = { ...plan, status: 'undone', undone_at: this.clock.now().toISOString() };
    await this.plans.update(userId, undone);
    await this.publisher.publish(events.planUndone, { aggregateId: plan.id, userId, data: summaryOf(plan) });
    return undone;
  }

  async reject(userId: Uuid, plan: Plan): Promise<Plan> {
    const rejected: Plan = { ...plan, status: 'rejected' };
    await this.plans.update(userId, rejected);
    return rejected;
  }
}
