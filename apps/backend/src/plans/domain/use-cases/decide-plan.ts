import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { PlanDesk } from '../plan-desk.js';
import { chosen, placesOf, type Choice } from '../plan/choice.js';
import { same } from '../plan/fields.js';
import { PlanExpired, PlanNotApplied, PlanNotFound, PlanNotProposed, PlanUndoExpired } from '../plan/plan.errors.js';
import { PlanRepository } from '../plan/plan.repository.js';
import { isExpired, isUndoable, type Plan } from '../plan/plan.js';

/** What a person decides about a plan. Deciding the same again gives the same plan; anything else is a conflict. */
@Injectable()
export class DecidePlan {
  constructor(
    private readonly plans: PlanRepository,
    private readonly desk: PlanDesk,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async read(userId: Uuid, id: Uuid): Promise<Plan> {
    const plan = await this.transaction.run(() => this.plans.find(userId, id));
    if (plan === undefined) throw new PlanNotFound();
    return plan;
  }

  /** Applies what of it was chosen. The same places again give what was applied; words edited otherwise are not compared: they are sealed. */
  async accept(userId: Uuid, id: Uuid, choice: Choice): Promise<Plan> {
    return this.decided(userId, id, async (plan) => {
      if (plan.status === 'applied' && same(plan.accepted, placesOf(plan, choice))) return plan;
      if (plan.status !== 'proposed') throw new PlanNotProposed();
      if (isExpired(plan, this.clock.now())) throw new PlanExpired();
      return this.desk.apply(userId, chosen(plan, choice));
    });
  }

  async reject(userId: Uuid, id: Uuid): Promise<Plan> {
    return this.decided(userId, id, async (plan) => {
      if (plan.status === 'rejected') return plan;
      if (plan.status !== 'proposed') throw new PlanNotProposed();
      return this.desk.reject(userId, plan);
    });
  }

  async undo(userId: Uuid, id: Uuid): Promise<Plan> {
    return this.decided(userId, id, async (plan) => {
      if (plan.status === 'undone') return plan;
      if (plan.status !== 'applied') throw new PlanNotApplied();
      if (!isUndoable(plan, this.clock.now())) throw new PlanUndoExpired();
      return this.desk.undo(userId, plan);
    });
  }

  private decided(userId: Uuid, id: Uuid, decide: (plan: Plan) => Promise<Plan>): Promise<Plan> {
    return this.transaction.run(async () => decide(await this.plans.lock(userId, id)));
  }
}
