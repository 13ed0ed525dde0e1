export { PlanDesk } from './domain/plan-desk.js';
export type { Plan, PlanChange } from './domain/plan/plan.js';
