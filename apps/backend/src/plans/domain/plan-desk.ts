import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock, uuidv7, type Uuid } from '@selfos/kernel';
import { ChangeSet } from './change-set.js';
import { untied } from './plan/choice.js';
import { PlanRepository } from './plan/plan.repository.js';
import { propose, summaryOf, type Plan, type PlanChange } from './plan/plan.js';
import { TakeBack } from './take-back.js';

/** Puts plans into effect and takes them back, as a whole. Works inside the caller's transaction. */
@Injectable()
export class PlanDesk {
  constructor(
    private readonly plans: PlanRepository,
    private readonly changeSet: ChangeSet,
    private readonly takeBack: TakeBack,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /** Keeps proposed changes as a plan, and applies it at once when asked to. */
  async receive(userId: Uuid, changes: readonly PlanChange[], wish: { conversationId: Uuid | null; apply: boolean }): Promise<Plan> {
    const now = this.clock.now();
    const plan = propose({ id: uuidv7(now.getTime()), conversationId: wish.conversationId, changes, now });
    await this.plans.insert(userId, plan);
    return wish.apply ? this.apply(userId, { ...plan, accepted: [...plan.changes.keys()] }) : plan;
  }

  /** Makes the accepted changes. */
  async apply(userId: Uuid, plan: Plan & { readonly accepted: number[] }): Promise<Plan> {
    const reversals = await this.changeSet.make(userId, untied(plan), plan.id);
    const applied: Plan = { ...plan, status: 'applied', reversals, applied_at: this.clock.now().toISOString() };
    await this.plans.update(userId, applied);
    await this.publisher.publish(events.planApplied, { aggregateId: plan.id, userId, data: summaryOf(applied) });
    return applied;
  }

  async undo(userId: Uuid, plan: Plan): Promise<Plan> {
    const kept = await this.takeBack.all(userId, plan.reversals);
    const undone: Plan = { ...plan, status: 'undone', reversals: [], kept, undone_at: this.clock.now().toISOString() };
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
