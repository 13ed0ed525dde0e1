import type { Uuid } from '@selfos/kernel';
import type { Position } from '../../../cursor.js';
import type { Goal } from './goal.js';

export interface GoalFilter {
  readonly status?: Goal['status'] | undefined;
  readonly after?: Position | undefined;
  /** At most this many, newest first. */
  readonly limit: number;
}

/** A person's goals. */
export abstract class GoalRepository {
  abstract find(userId: Uuid, id: Uuid): Promise<Goal | undefined>;
  /** The goal, held for this transaction. Throws GoalNotFound. */
  abstract lock(userId: Uuid, id: Uuid): Promise<Goal>;
  /** The same; undefined when it is gone. */
  abstract lockIfThere(userId: Uuid, id: Uuid): Promise<Goal | undefined>;
  abstract findPage(userId: Uuid, filter: GoalFilter): Promise<readonly Goal[]>;
  /** Active goals, the next to be reached first, at most `limit`, with the number of all. */
  abstract findActive(userId: Uuid, limit: number): Promise<{ goals: readonly Goal[]; active: number }>;
  /** Throws GoalExists. */
  abstract insert(userId: Uuid, goal: Goal): Promise<void>;
  abstract update(userId: Uuid, goal: Goal): Promise<void>;
  /** Its tasks stay, without a goal. */
  abstract remove(userId: Uuid, id: Uuid): Promise<void>;
}
