import type { Inner, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import type { TaskStatus } from '../../../tasks/index.js';

/** Proposed changes, as they are shown. */
export type PlanView = Inner<(typeof routes)['getPlan']['response']>;
export type PlanChange = PlanView['changes'][number];

/** How one applied change is taken back. It holds no words: what it restores is still there, or was not there before. */
export type Reversal =
  | { readonly op: 'remove_task'; readonly id: Uuid }
  | { readonly op: 'remove_goal'; readonly id: Uuid }
  | { readonly op: 'reopen_task'; readonly occurrence_id: Uuid; readonly closed: boolean }
  | { readonly op: 'restore_status'; readonly task_id: Uuid; readonly from: TaskStatus; readonly to: TaskStatus };

/** A plan goes proposed → applied → undone, or proposed → rejected. */
export interface Plan extends Omit<PlanView, 'expires_at' | 'undo_until'> {
  /** In the order in which the changes were made. */
  readonly reversals: readonly Reversal[];
}

export function propose(parts: { id: Uuid; conversationId: Uuid | null; changes: readonly PlanChange[]; now: Date }): Plan {
  return {
    id: parts.id, conversation_id: parts.conversationId, status: 'proposed', changes: [...parts.changes], accepted: null, reversals: [],
    created_at: parts.now.toISOString(), applied_at: null, undone_at: null, kept: [],
  };
}

export function viewOf({ reversals: _, ...plan }: Plan): PlanView {
  return { ...plan, expires_at: monthAfter(plan.created_at), undo_until: plan.status === 'applied' && plan.applied_at !== null ? monthAfter(plan.applied_at) : null };
}

/** The end of the 30 days that a proposal waits, and an undo is possible. */
export function monthAfter(instant: string): string {
  return new Date(Date.parse(instant) + 30 * 86_400_000).toISOString();
}

/** Goals first: a task may belong to one that the same plan makes. */
export function inOrder(changes: readonly PlanChange[]): readonly PlanChange[] {
  return [...changes.filter(({ op }) => op === 'create_goal'), ...changes.filter(({ op }) => op !== 'create_goal')];
}

/** What the events about a plan carry. */
export function summaryOf(plan: Plan): { id: Uuid; conversation_id: Uuid | null; task_ids: Uuid[]; goal_ids: Uuid[] } {
  return {
    id: plan.id,
    conversation_id: plan.conversation_id,
    task_ids: [...new Set(plan.changes.flatMap(taskIdOf))],
    goal_ids: plan.changes.flatMap((change) => (change.op === 'create_goal' ? [change.goal.id] : [])),
  };
}

function taskIdOf(change: PlanChange): Uuid[] {
  if (change.op === 'create_task') return [change.task.id];
  return 'task_id' in change ? [change.task_id] : [];
}
