import { Injectable } from '@nestjs/common';
import type { Inner, routes } from '@selfos/contracts';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { GoalBook } from '../goal-book.js';
import type { Goal } from '../goal/goal.js';

export type GoalRequest = Inner<(typeof routes)['createGoal']['body']>;

@Injectable()
export class CreateGoal {
  constructor(
    private readonly book: GoalBook,
    private readonly transaction: Transaction,
  ) {}

  async execute(userId: Uuid, request: GoalRequest): Promise<Goal> {
    const draft = { ...request, id: request.id ?? uuidv7(), milestones: request.milestones ?? [] };
    return this.transaction.run(() => this.book.add(userId, draft, null));
  }
}
