import type { EventData, Inner, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { canonicalRule, describeRule, ruleFromCron, ruleFromWords } from '@selfos/recurrence';
import { copyOf } from '../../../sealed-copy.js';

export type TaskView = Inner<(typeof routes)['getTask']['response']>;
/** Something to be done, once or by a rule. Its words are envelopes; instants are ISO texts in UTC. */
export type Task = Omit<TaskView, 'recurrence'>;
type PlanChange = Inner<(typeof routes)['getPlan']['response']>['changes'][number];
/** What makes a task, wherever it comes from. */
export type TaskDraft = Extract<PlanChange, { op: 'create_task' }>['task'];
export type TaskStatus = Task['status'];
type Changeable =
  | 'title' | 'description' | 'life_areas' | 'priority' | 'energy_required' | 'duration_minutes' | 'due_date' | 'recurring_pattern' | 'start_date' | 'scheduled_time' | 'timezone'
  | 'attachments' | 'status' | 'parent_goal_id';
/** The fields that a person may change. */
export type TaskChange = { readonly [K in Changeable]?: Task[K] | undefined };

/** A new open task. Throws InvalidRule for a rule that cannot be used. */
export function newTask(draft: TaskDraft, origin: { planId: Uuid | null; now: Date }): Task {
  const now = origin.now.toISOString();
  return {
    ...draft,
    due_date: inUtc(draft.due_date),
    recurring_pattern: draft.recurring_pattern === null ? null : canonicalRule(draft.recurring_pattern),
    status: 'open',
    plan_id: origin.planId,
    created_at: now,
    updated_at: now,
    version: 1,
  };
}

/** The task with `change` applied, as its next version. Absent fields stay. */
export function changed(task: Task, change: TaskChange, now: Date): Task {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<Task>;
  const next = { ...task, ...given };
  return { ...next, due_date: inUtc(next.due_date), updated_at: now.toISOString(), version: task.version + 1 };
}

export function isRecurring(task: Pick<Task, 'recurring_pattern'>): boolean {
  return task.recurring_pattern !== null;
}

export function viewOf(task: Task): TaskView {
  return { ...task, recurrence: recurrenceOf(task) };
}

/** The recurrence in words, or null. */
export function recurrenceOf({ recurring_pattern: rrule }: Pick<Task, 'recurring_pattern'>): string | null {
  return rrule === null ? null : describeRule(rrule);
}

/** The state that events carry. */
export function stateOf(task: Task): EventData<'task.created'> {
  const { description: _, attachments: __, created_at: ___, updated_at: ____, ...state } = task;
  return { ...state, title: copyOf(task.title) };
}

/** What a person wrote as recurrence: an RRULE, a cron line (which also names a time) or words. Throws what is wrong with it. */
export function readRecurrence(text: string): { rrule: string; wallTime?: string } {
  if (/^(RRULE:)?FREQ=/i.test(text.trim())) return { rrule: canonicalRule(text) };
  if (/^@|^\S+(\s+\S+){4}$/.test(text.trim()) && /^[@\d*]/.test(text.trim())) return ruleFromCron(text);
  return { rrule: ruleFromWords(text) };
}

function inUtc(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
