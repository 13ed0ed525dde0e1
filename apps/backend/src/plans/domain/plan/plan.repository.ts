import type { Uuid } from '@selfos/kernel';
import type { Plan } from './plan.js';

export abstract class PlanRepository {
  abstract find(userId: Uuid, id: Uuid): Promise<Plan | undefined>;
  /** The plan, held for this transaction. Throws PlanNotFound. */
  abstract lock(userId: Uuid, id: Uuid): Promise<Plan>;
  abstract insert(userId: Uuid, plan: Plan): Promise<void>;
  abstract update(userId: Uuid, plan: Plan): Promise<void>;
}
