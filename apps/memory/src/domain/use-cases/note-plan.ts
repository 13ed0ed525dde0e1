import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Work } from '@selfos/work';
import { PlanBook, type PlanState } from '../plans/plan-book.js';

export const FOLLOW_PLAN = 'memory.follow-plan';
export const FINISH_PLAN = 'memory.finish-plan';

const DAY = 86_400_000;
/** The 30 days in which a plan can be taken back, and one for news that comes late. */
const UNTIL_FINAL = 31 * DAY;

/** Writes down what became of a plan, in whatever order that is told, and books what it does to memories. Joins the ambient transaction. */
@Injectable()
export class NotePlan {
  constructor(
    private readonly plans: PlanBook,
    private readonly work: Work,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, plan: PlanState): Promise<void> {
    if (plan.memories.length === 0 || !(await this.plans.tell(userId, plan))) return;
    const payload = { planId: plan.planId };
    await this.work.enqueue({ kind: FOLLOW_PLAN, key: `${plan.planId}/${plan.seq}`, userId, runAt: this.clock.now(), payload });
    await this.work.enqueue({ kind: FINISH_PLAN, key: plan.planId, userId, runAt: new Date(plan.at.getTime() + UNTIL_FINAL), payload });
  }
}
