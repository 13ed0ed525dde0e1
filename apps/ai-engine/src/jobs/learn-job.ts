import { Injectable } from '@nestjs/common';
import { Metrics } from '@selfos/observability';
import { JobHandler, type JobStep, type RunningJob } from '@selfos/work';
import { z } from 'zod';
import { LEARN } from '../domain/learning/lessons.js';
import { LearnBatch } from '../domain/use-cases/learn-batch.js';

const booked = z.object({ batch: z.int().min(1) });

/** Learns from one batch of what a person said and did. Done twice it keeps the same, so it needs no commit of its own. */
@Injectable()
export class LearnJob extends JobHandler {
  override readonly kind = LEARN;
  override readonly steps: readonly JobStep[] = [{ name: 'learn', perform: (job) => this.learn(job) }];
  private readonly lessons;

  constructor(
    private readonly learnBatch: LearnBatch,
    metrics: Metrics,
  ) {
    super();
    this.lessons = metrics.counter('ai_lessons_total', 'Messages and completions learned from', ['outcome']);
  }

  private async learn({ userId, payload }: RunningJob): Promise<{ learned: number; failed: number }> {
    if (userId === undefined) return { learned: 0, failed: 0 };
    const { learned, failed } = await this.learnBatch.execute(userId, booked.parse(payload).batch);
    this.lessons.inc({ outcome: 'learned' }, learned);
    this.lessons.inc({ outcome: 'failed' }, failed);
    return { learned, failed };
  }
}
