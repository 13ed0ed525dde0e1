import type { EventData, Inner, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { copyOf } from '../../../sealed-copy.js';

/** Something to be reached by a date, and why. Its words are envelopes; instants are ISO texts in UTC. */
export type Goal = Inner<(typeof routes)['getGoal']['response']>;
type PlanChange = Inner<(typeof routes)['getPlan']['response']>['changes'][number];
/** What makes a goal, wherever it comes from. */
export type GoalDraft = Extract<PlanChange, { op: 'create_goal' }>['goal'];
/** The fields that a person may change; absent ones stay. */
export type GoalChange = Inner<(typeof routes)['changeGoal']['body']>;

/** A new active goal. */
export function newGoal(draft: GoalDraft, origin: { planId: Uuid | null; now: Date }): Goal {
  const now = origin.now.toISOString();
  return { ...draft, status: 'active', progress: progressOf(draft.milestones), plan_id: origin.planId, achieved_at: null, created_at: now, updated_at: now, version: 1 };
}

/**
 * The goal with `change` applied, as its next version. Without a progress of its own, it follows the milestones; full progress and the
 * status `achieved` mean each other. `achieved_at` is set the first time and stays: a goal is achieved once.
 */
export function changed(goal: Goal, change: GoalChange, now: Date): Goal {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<Goal>;
  const progress = given.progress ?? (given.milestones === undefined ? goal.progress : progressOf(given.milestones));
  const achieved = given.status === 'achieved' || (progress === 1 && given.status === undefined && goal.status !== 'dropped');
  const status = achieved ? 'achieved' : (given.status ?? (goal.status === 'achieved' ? 'active' : goal.status));
  return {
    ...goal,
    ...given,
    status,
    progress: achieved ? 1 : progress,
    achieved_at: goal.achieved_at ?? (achieved ? now.toISOString() : null),
    updated_at: now.toISOString(),
    version: goal.version + 1,
  };
}

/** The share of milestones that are done; 0 without any. */
export function progressOf(milestones: readonly { readonly done: boolean }[]): number {
  return milestones.length === 0 ? 0 : milestones.filter(({ done }) => done).length / milestones.length;
}

/** The state that events carry. */
export function stateOf(goal: Goal): EventData<'goal.created'> {
  const { id, life_areas, target_date, status, progress, achieved_at, plan_id, version } = goal;
  return { id, title: copyOf(goal.title), life_areas, target_date, status, progress, achieved_at, plan_id, version };
}
