import { Injectable } from '@nestjs/common';
import { Sealer } from '@selfos/sealing';
import { JobHandler, type JobStep, type RunningJob } from '@selfos/work';
import { SAID_LESSON, saidLesson } from '../domain/learning/lessons.js';
import { LearnFromMessage } from '../domain/use-cases/learn-from-message.js';

/** Learns from one message. Done twice it keeps the same memories, so it needs no commit of its own. */
@Injectable()
export class LearnSaidJob extends JobHandler {
  override readonly kind = SAID_LESSON;
  override readonly steps: readonly JobStep[] = [{ name: 'remember', perform: (job) => this.learn(job) }];

  constructor(
    private readonly sealer: Sealer,
    private readonly learnFromMessage: LearnFromMessage,
  ) {
    super();
  }

  private async learn({ userId, payload }: RunningJob): Promise<{ found: number }> {
    if (userId === undefined) return { found: 0 };
    const { message_id: id, said_at: saidAt, message } = saidLesson.parse(payload);
    const text = String(await this.sealer.openValue(userId, message, message.envelope));
    return { found: await this.learnFromMessage.execute(userId, { id, text, saidAt: new Date(saidAt) }) };
  }
}
