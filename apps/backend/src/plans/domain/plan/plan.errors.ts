import { defineError } from '@selfos/kernel';

export class PlanNotFound extends defineError('plans.plan.not-found', 'not-found', 'There is no such plan') {}
export class PlanNotProposed extends defineError('plans.plan.not-proposed', 'conflict', 'Only a proposed plan can be accepted or rejected') {}
export class PlanNotApplied extends defineError('plans.plan.not-applied', 'conflict', 'Only an applied plan can be undone') {}
/** What the plan wants to change is not there any more; nothing of it was done. */
export class PlanOutdated extends defineError('plans.plan.outdated', 'conflict', 'The plan does not fit what is there now') {}
export class PlanExpired extends defineError('plans.plan.expired', 'conflict', 'A plan can be accepted for 30 days, and they are over') {}
export class PlanUndoExpired extends defineError('plans.plan.undo-expired', 'conflict', 'A plan can be undone for 30 days, and they are over') {}
export class PlanChoiceInvalid extends defineError('plans.plan.choice-invalid', 'invalid', 'The plan cannot be accepted this way') {}
