import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { PlanNotFound } from '../../domain/plan/plan.errors.js';
import { PlanRepository } from '../../domain/plan/plan.repository.js';
import type { Plan } from '../../domain/plan/plan.js';
import { PlanRow } from './plan.row.js';

export class TypeormPlanRepository extends PlanRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async find(userId: Uuid, id: Uuid): Promise<Plan | undefined> {
    const row = await this.database.manager().findOneBy(PlanRow, { user_id: userId, id });
    return row === null ? undefined : planOf(row);
  }

  async lock(userId: Uuid, id: Uuid): Promise<Plan> {
    const row = await this.database.manager().findOne(PlanRow, { where: { user_id: userId, id }, lock: { mode: 'pessimistic_write' } });
    if (row === null) throw new PlanNotFound();
    return planOf(row);
  }

  async insert(userId: Uuid, plan: Plan): Promise<void> {
    await this.database.manager().insert(PlanRow, { ...rowOf(plan), user_id: userId });
  }

  async update(userId: Uuid, plan: Plan): Promise<void> {
    await this.database.manager().update(PlanRow, { user_id: userId, id: plan.id }, rowOf(plan));
  }
}

function rowOf(plan: Plan): Omit<PlanRow, 'user_id'> {
  return { ...plan, reversals: [...plan.reversals] };
}

function planOf({ user_id: _, ...plan }: PlanRow): Plan {
  return plan;
}
