import { Injectable } from '@nestjs/common';
import { Sealer } from '@selfos/sealing';
import { JobHandler, type JobStep, type RunningJob } from '@selfos/work';
import { DONE_LESSON, doneLesson, type DoneLesson } from '../domain/learning/lessons.js';
import type { Done } from '../domain/remembering/extract-done.js';
import { LearnFromDone } from '../domain/use-cases/learn-from-done.js';

/** Learns from one thing done. Done twice it keeps the same memory, so it needs no commit of its own. */
@Injectable()
export class LearnDoneJob extends JobHandler {
  override readonly kind = DONE_LESSON;
  override readonly steps: readonly JobStep[] = [{ name: 'remember', perform: (job) => this.learn(job) }];

  constructor(
    private readonly sealer: Sealer,
    private readonly learnFromDone: LearnFromDone,
  ) {
    super();
  }

  private async learn({ userId, payload }: RunningJob): Promise<null> {
    if (userId === undefined) return null;
    const lesson = doneLesson.parse(payload);
    const title = String(await this.sealer.openValue(userId, lesson.title, lesson.title.envelope));
    await this.learnFromDone.execute(userId, { eventId: lesson.event_id, done: doneOf(lesson, title), at: new Date(lesson.done_at) });
    return null;
  }
}

function doneOf(lesson: DoneLesson, title: string): Done {
  return lesson.kind === 'occurrence' ? { kind: 'occurrence', title, date: lesson.local_date, count: lesson.count } : { kind: 'goal_achieved', title };
}
