import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { GoalBook } from '../goal-book.js';
import { GoalVersionMismatch } from '../goal/goal.errors.js';
import { GoalRepository } from '../goal/goal.repository.js';
import type { Goal, GoalChange } from '../goal/goal.js';

/** The version that the person has seen, or `*` for whichever there is. */
export interface SeenGoal {
  readonly id: Uuid;
  readonly version: number | '*';
}

/** Changes or deletes a goal from the version that was seen. */
@Injectable()
export class ChangeGoal {
  constructor(
    private readonly goals: GoalRepository,
    private readonly book: GoalBook,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid, seen: SeenGoal, change: GoalChange): Promise<Goal> {
    return this.transaction.run(async () => this.book.change(userId, await this.seen(userId, seen), change));
  }

  async remove(userId: Uuid, seen: SeenGoal): Promise<void> {
    await this.transaction.run(async () => this.book.remove(userId, await this.seen(userId, seen)));
  }

  private async seen(userId: Uuid, { id, version }: SeenGoal): Promise<Goal> {
    const goal = await this.goals.lock(userId, id);
    if (version !== '*' && version !== goal.version) throw new GoalVersionMismatch();
    return goal;
  }
}
