import { draftPlan } from './draft-plan.js';
import type { Plan, PlanRequest } from './plan.js';
import { resolvePlan } from './resolve-plan.js';

/** Turns one message into a plan with rules and a library of practices alone: no network, no key, the same answer each time. */
export function planFromMessage(request: PlanRequest): Plan {
  return resolvePlan(draftPlan(request), request);
}
