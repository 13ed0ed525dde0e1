import type { EventData, Inner, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import type { Goal } from '../../../goals/index.js';
import type { Task } from '../../../tasks/index.js';
import { copyOf } from '../../../sealed-copy.js';

/** Proposed changes, as they are shown. */
export type PlanView = Inner<(typeof routes)['getPlan']['response']>;
export type PlanChange = PlanView['changes'][number];
/** What an undo left as its owner has it. */
export type Kept = PlanView['kept'][number];

/** The fields of a record that a plan changed, as they were before it or after it. */
export type TaskFields = Partial<Task>;
export type GoalFields = Partial<Goal>;

/** How what a plan did to one record is taken back. Words in it are envelopes, as everywhere. */
export type Reversal =
  | { readonly op: 'remove_task'; readonly id: Uuid; readonly made: Task }
  | { readonly op: 'remove_goal'; readonly id: Uuid; readonly made: Goal }
  | { readonly op: 'restore_task'; readonly id: Uuid; readonly before: TaskFields; readonly after: TaskFields }
  | { readonly op: 'restore_goal'; readonly id: Uuid; readonly before: GoalFields; readonly after: GoalFields }
  | { readonly op: 'remove_occurrence'; readonly id: Uuid; readonly task_id: Uuid };
export type ReversalOf<Op extends Reversal['op']> = Extract<Reversal, { readonly op: Op }>;

/** A plan goes proposed → applied → undone, or proposed → rejected. */
export interface Plan extends Omit<PlanView, 'expires_at' | 'undo_until'> {
  /** One for each record that was touched; none once it is undone. */
  readonly reversals: readonly Reversal[];
}

const THIRTY_DAYS_MS = 30 * 86_400_000;

export function propose(parts: { id: Uuid; conversationId: Uuid | null; changes: readonly PlanChange[]; now: Date }): Plan {
  return {
    id: parts.id, conversation_id: parts.conversationId, status: 'proposed', changes: [...parts.changes], accepted: null, reversals: [],
    created_at: parts.now.toISOString(), applied_at: null, undone_at: null, kept: [],
  };
}

export function viewOf({ reversals: _, ...plan }: Plan): PlanView {
  return { ...plan, expires_at: monthAfter(plan.created_at), undo_until: plan.status === 'applied' && plan.applied_at !== null ? monthAfter(plan.applied_at) : null };
}

/** A proposal waits for 30 days. */
export function isExpired(plan: Plan, now: Date): boolean {
  return now.toISOString() > monthAfter(plan.created_at);
}

/** An applied plan can be undone for 30 days. */
export function isUndoable(plan: Plan, now: Date): boolean {
  return plan.applied_at !== null && now.toISOString() <= monthAfter(plan.applied_at);
}

/** The accepted changes in the order in which they are made. Goals first: a task may belong to one that the same plan makes. */
export function inOrder(changes: readonly PlanChange[]): readonly PlanChange[] {
  return [...changes.filter(({ op }) => op === 'create_goal'), ...changes.filter(({ op }) => op !== 'create_goal')];
}

/** The changes at the accepted places. */
export function acceptedOf({ changes, accepted }: Plan): readonly PlanChange[] {
  return changes.filter((_, index) => accepted?.includes(index) ?? true);
}

/** What the events about a plan carry. */
export function summaryOf(plan: Plan): EventData<'plan.applied'> {
  const changes = acceptedOf(plan);
  const memories = changes.flatMap(memoryOf);
  return {
    id: plan.id, conversation_id: plan.conversation_id, task_ids: [...new Set(changes.flatMap(taskIdOf))], goal_ids: [...new Set(changes.flatMap(goalIdOf))],
    ...(memories.length === 0 ? {} : { memories }),
  };
}

export function taskIdOf(change: PlanChange): Uuid[] {
  if (change.op === 'create_task') return [change.task.id];
  return 'task_id' in change ? [change.task_id] : [];
}

export function goalIdOf(change: PlanChange): Uuid[] {
  if (change.op === 'create_goal') return [change.goal.id];
  return 'goal_id' in change ? [change.goal_id] : [];
}

/** The goal that a change ties its task to. */
export function parentOf(change: PlanChange): Uuid[] {
  const parent = change.op === 'create_task' ? change.task.parent_goal_id : change.op === 'update_task' ? change.set.parent_goal_id : null;
  return typeof parent === 'string' ? [parent] : [];
}

function memoryOf(change: PlanChange): NonNullable<EventData<'plan.applied'>['memories']> {
  if (change.op === 'remember') return [{ op: 'remember', id: change.memory.id, type: change.memory.type, text: copyOf(change.memory.text) }];
  return change.op === 'forget' ? [{ op: 'forget', id: change.memory_id }] : [];
}

function monthAfter(instant: string): string {
  return new Date(Date.parse(instant) + THIRTY_DAYS_MS).toISOString();
}
