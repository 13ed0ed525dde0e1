import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { fromCursor, pageOf } from '../../../cursor.js';
import { GoalNotFound } from '../goal/goal.errors.js';
import { GoalRepository } from '../goal/goal.repository.js';
import type { Goal } from '../goal/goal.js';

export interface GoalsQuery {
  readonly status?: Goal['status'] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A person's goals, to look at. */
@Injectable()
export class ReadGoals {
  constructor(
    private readonly goals: GoalRepository,
    private readonly transaction: Transaction,
  ) {}

  async one(userId: Uuid, id: Uuid): Promise<Goal> {
    const goal = await this.transaction.run(() => this.goals.find(userId, id));
    if (goal === undefined) throw new GoalNotFound();
    return goal;
  }

  async page(userId: Uuid, { status, cursor, limit }: GoalsQuery): Promise<{ items: Goal[]; next_cursor: string | null }> {
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const found = await this.transaction.run(() => this.goals.findPage(userId, { status, after, limit: limit + 1 }));
    return pageOf(found, limit, ({ created_at, id }) => ({ at: created_at, id }));
  }
}
