import type { Uuid } from '@selfos/kernel';
import { PlanBook, type PlanState } from '../../domain/plans/plan-book.js';

/** For specs. */
export class InMemoryPlanBook extends PlanBook {
  private readonly plans = new Map<string, PlanState>();

  tell(userId: Uuid, plan: PlanState): Promise<boolean> {
    const key = `${userId}/${plan.planId}`;
    if ((this.plans.get(key)?.seq ?? 0) >= plan.seq) return Promise.resolve(false);
    this.plans.set(key, plan);
    return Promise.resolve(true);
  }

  find(userId: Uuid, planId: Uuid): Promise<PlanState | undefined> {
    return Promise.resolve(this.plans.get(`${userId}/${planId}`));
  }

  finish(userId: Uuid, planId: Uuid): Promise<void> {
    const plan = this.plans.get(`${userId}/${planId}`);
    if (plan !== undefined) this.plans.set(`${userId}/${planId}`, { ...plan, memories: [] });
    return Promise.resolve();
  }

  removeAll(userId: Uuid): Promise<void> {
    for (const key of this.plans.keys()) if (key.startsWith(`${userId}/`)) this.plans.delete(key);
    return Promise.resolve();
  }
}
