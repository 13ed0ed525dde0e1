import type { Uuid } from '@selfos/kernel';
import type { Position } from '../../../cursor.js';
import type { Task, TaskStatus } from './task.js';

export interface TaskFilter {
  readonly status?: TaskStatus | undefined;
  readonly after?: Position | undefined;
  /** At most this many, newest first. */
  readonly limit: number;
}

/** A person's tasks. */
export abstract class TaskRepository {
  abstract find(userId: Uuid, id: Uuid): Promise<Task | undefined>;
  /** The task, held for this transaction. Throws TaskNotFound. */
  abstract lock(userId: Uuid, id: Uuid): Promise<Task>;
  /** The same; undefined when it is gone. */
  abstract lockIfThere(userId: Uuid, id: Uuid): Promise<Task | undefined>;
  /** The tasks of a goal, held for this transaction. */
  abstract lockOfGoal(userId: Uuid, goalId: Uuid): Promise<readonly Task[]>;
  abstract findPage(userId: Uuid, filter: TaskFilter): Promise<readonly Task[]>;
  /** Tasks that may be due on a date: open ones that have begun by then, and those named. */
  abstract findBegun(userId: Uuid, date: string, also: readonly Uuid[]): Promise<readonly Task[]>;
  /**
   * Open tasks around a date, at most `limit` of each kind: those that recur and have begun by `until`, by their first day; those that do not and
   * are due from `date` on, the nearest first; and those whose day has passed, the latest first. With the number of all that are open.
   */
  abstract findAround(userId: Uuid, around: { date: string; until: string; limit: number }): Promise<{ tasks: readonly Task[]; open: number }>;
  /** Throws TaskExists, or TaskGoalUnknown. */
  abstract insert(userId: Uuid, task: Task): Promise<void>;
  /** Throws TaskGoalUnknown. */
  abstract update(userId: Uuid, task: Task): Promise<void>;
  abstract remove(userId: Uuid, id: Uuid): Promise<void>;
}
