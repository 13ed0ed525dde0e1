import type { Inner, routes } from '@selfos/contracts';
import type { InputIssue, Uuid } from '@selfos/kernel';
import { PlanChoiceInvalid } from './plan.errors.js';
import { goalIdOf, taskIdOf, type Plan, type PlanChange } from './plan.js';

/** Which changes of a plan its owner wants, and what they make of them. */
export type Choice = Inner<(typeof routes)['acceptPlan']['body']>;

/** The plan as it was chosen: edited, with the places of what is to be made. Throws PlanChoiceInvalid. */
export function chosen(plan: Plan, choice: Choice): Plan & { readonly accepted: number[] } {
  const changes = [...plan.changes];
  const issues: InputIssue[] = [];
  for (const [at, { index, change }] of (choice.edits ?? []).entries()) {
    const wrong = problemOf(change, plan.changes[index]);
    if (wrong !== undefined) issues.push({ pointer: `/edits/${String(at)}`, detail: wrong });
    changes[index] = change;
  }
  for (const [at, place] of (choice.changes ?? []).entries()) {
    if (place >= plan.changes.length) issues.push({ pointer: `/changes/${String(at)}`, detail: `The plan has ${String(plan.changes.length)} changes, counted from 0.` });
  }
  if (issues.length > 0) throw new PlanChoiceInvalid({ issues });
  return { ...plan, changes, accepted: placesOf(plan, choice) };
}

/** The places that a choice means, in order. */
export function placesOf({ changes }: Plan, choice: Choice): number[] {
  return [...new Set(choice.changes ?? changes.keys())].toSorted((a, b) => a - b);
}

/**
 * The accepted changes, without ties to goals that were proposed beside them and not accepted: such a task is made as one without a goal.
 */
export function untied({ changes, accepted }: Plan): PlanChange[] {
  const left = changes.flatMap((change, index) => (change.op === 'create_goal' && accepted?.includes(index) === false ? [change.goal.id] : []));
  const isLeft = (id: Uuid | null | undefined) => id !== undefined && id !== null && left.includes(id);
  return changes
    .filter((_, index) => accepted?.includes(index) ?? true)
    .map((change) => {
      if (change.op === 'create_task' && isLeft(change.task.parent_goal_id)) return { ...change, task: { ...change.task, parent_goal_id: null } };
      if (change.op !== 'update_task' || !isLeft(change.set.parent_goal_id)) return change;
      const { parent_goal_id: _, ...set } = change.set;
      return { ...change, set };
    });
}

function problemOf(edit: PlanChange, proposed: PlanChange | undefined): string | undefined {
  if (proposed === undefined) return 'The plan has no change at this place.';
  if (edit.op !== proposed.op || targetOf(edit) !== targetOf(proposed)) return 'An edited change keeps its operation and the object that it is about.';
  return misplaced(edit) ? 'Its words were sealed for another object.' : undefined;
}

function targetOf(change: PlanChange): Uuid | undefined {
  if (change.op === 'remember') return change.memory.id;
  return change.op === 'forget' ? change.memory_id : (taskIdOf(change)[0] ?? goalIdOf(change)[0]);
}

/** Whether an envelope in the change names another object than the one it stands in. */
function misplaced(change: PlanChange): boolean {
  const target = targetOf(change);
  const { milestones = [], ...fields } = fieldsOf(change);
  const own = Object.values(fields).flatMap((value) => oidOf(value));
  return own.some((oid) => oid !== target) || milestones.some(({ id, title }) => title.oid !== id);
}

function fieldsOf(change: PlanChange): { readonly milestones?: readonly { readonly id: Uuid; readonly title: { readonly oid: Uuid } }[] | undefined } & object {
  switch (change.op) {
    case 'create_task':
      return change.task;
    case 'create_goal':
      return change.goal;
    case 'update_task':
    case 'update_goal':
      return change.set;
    case 'remember':
      return change.memory;
    default:
      return {};
  }
}

function oidOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && 'oid' in value && typeof value.oid === 'string' ? [value.oid] : [];
}
