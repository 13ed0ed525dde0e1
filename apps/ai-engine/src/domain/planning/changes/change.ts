import type { MemoryType } from '../memory-type.js';

/** What is changed of a task: only what is named; null takes it away. Dates were computed by code. */
export interface TaskSet {
  readonly title?: string;
  readonly minutes?: number;
  readonly priority?: number;
  readonly rrule?: string | null;
  /** First local date from which the new time holds. */
  readonly date?: string;
  /** Wall time HH:MM. */
  readonly time?: string;
  /** The last local date on which it still counts. */
  readonly due?: string;
}

export interface GoalSet {
  readonly title?: string;
  readonly targetDate?: string;
  /** 0 to 1. */
  readonly progress?: number;
}

/** A change to what exists already. Each names a record that was given with the question. */
export type PlannedChange =
  | { readonly op: 'update_task'; readonly taskId: string; readonly set: TaskSet }
  | { readonly op: 'complete_task'; readonly taskId: string; readonly localDate: string }
  | { readonly op: 'cancel_task'; readonly taskId: string }
  | { readonly op: 'update_goal'; readonly goalId: string; readonly set: GoalSet }
  | { readonly op: 'achieve_goal'; readonly goalId: string }
  | { readonly op: 'cancel_goal'; readonly goalId: string }
  | { readonly op: 'remember'; readonly type: MemoryType; readonly text: string }
  | { readonly op: 'forget'; readonly memoryId: string };

/** Every way in which an answer can change what is kept of a person. */
export type Op = PlannedChange['op'] | 'create_task' | 'create_goal';
