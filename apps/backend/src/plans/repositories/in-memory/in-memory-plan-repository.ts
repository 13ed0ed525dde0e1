import type { Uuid } from '@selfos/kernel';
import { PlanNotFound } from '../../domain/plan/plan.errors.js';
import { PlanRepository } from '../../domain/plan/plan.repository.js';
import type { Plan } from '../../domain/plan/plan.js';

export class InMemoryPlanRepository extends PlanRepository {
  private readonly plans = new Map<string, Plan>();

  async find(userId: Uuid, id: Uuid): Promise<Plan | undefined> {
    return structuredClone(this.plans.get(`${userId} ${id}`));
  }

  async lock(userId: Uuid, id: Uuid): Promise<Plan> {
    const plan = await this.find(userId, id);
    if (plan === undefined) throw new PlanNotFound();
    return plan;
  }

  async insert(userId: Uuid, plan: Plan): Promise<void> {
    await this.update(userId, plan);
  }

  async update(userId: Uuid, plan: Plan): Promise<void> {
    this.plans.set(`${userId} ${plan.id}`, structuredClone(plan));
  }
}
