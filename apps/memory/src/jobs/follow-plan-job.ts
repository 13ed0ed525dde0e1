import { Injectable } from '@nestjs/common';
import { JobHandler, type JobStep, type RunningJob } from '@selfos/work';
import { z } from 'zod';
import { FollowPlan } from '../domain/use-cases/follow-plan.js';
import { FINISH_PLAN, FOLLOW_PLAN } from '../domain/use-cases/note-plan.js';

const planned = z.object({ planId: z.uuid() });

/** Does to memories what became of a plan. */
@Injectable()
export class FollowPlanJob extends JobHandler {
  override readonly kind = FOLLOW_PLAN;
  override readonly steps: readonly JobStep[] = [{ name: 'follow', perform: (job) => this.follow(job) }];

  constructor(private readonly followPlan: FollowPlan) {
    super();
  }

  private async follow({ userId, payload }: RunningJob): Promise<null> {
    if (userId !== undefined) await this.followPlan.execute(userId, planned.parse(payload).planId);
    return null;
  }
}

/** Makes final what a plan forgot, when it can no longer be undone. */
@Injectable()
export class FinishPlanJob extends JobHandler {
  override readonly kind = FINISH_PLAN;
  override readonly steps: readonly JobStep[] = [{ name: 'finish', perform: (job) => this.finish(job) }];

  constructor(private readonly followPlan: FollowPlan) {
    super();
  }

  private async finish({ userId, payload }: RunningJob): Promise<null> {
    if (userId !== undefined) await this.followPlan.finish(userId, planned.parse(payload).planId);
    return null;
  }
}
