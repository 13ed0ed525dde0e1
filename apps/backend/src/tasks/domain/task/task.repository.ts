import type { Uuid } from '@selfos/kernel';
import type { Position } from '../../../cursor.js';
import type { Task, TaskStatus } from './task.js';

export interface TaskFilter {
  readonly status?: TaskStatus | undefined;
  readonly after?: Position | undefined;
  /** At most this many, newest first. */
  readonly limit: number;
}

export interface TasksAround {
  /** Local dates. */
  readonly date: string;
  readonly until: string;
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
  /** Those of the named tasks that are there. */
  abstract findAll(userId: Uuid, ids: readonly Uuid[]): Promise<readonly Task[]>;
  /**
   * Open tasks around a date that have begun by `until`, at most `limit` of each kind: those that recur, by their first day; those that do not
   * and are due from `date` on, the nearest first; and those whose day has passed, the latest first. With the number of all there are.
   */
  abstract findAround(userId: Uuid, around: TasksAround): Promise<{ readonly tasks: readonly Task[]; readonly open: number }>;
  /** Throws TaskExists, or TaskGoalUnknown. */
  abstract insert(userId: Uuid, task: Task): Promise<void>;
  /** Throws TaskGoalUnknown. */
  abstract update(userId: Uuid, task: Task): Promise<void>;
  abstract remove(userId: Uuid, id: Uuid): Promise<void>;
}
