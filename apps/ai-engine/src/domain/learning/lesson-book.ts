import { Injectable } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { type JsonObject, Work } from '@selfos/work';
import { DONE_LESSON, type DoneLesson, SAID_LESSON, type SaidLesson } from './lessons.js';

/** Books what is to be learned, in the transaction of the event that brought it: once for each event, done when it can be. */
@Injectable()
export class LessonBook {
  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
  ) {}

  async said(userId: Uuid, lesson: SaidLesson): Promise<void> {
    await this.work.enqueue({ kind: SAID_LESSON, key: lesson.message_id, userId, runAt: this.clock.now(), payload: asJson(lesson) });
  }

  async done(userId: Uuid, lesson: DoneLesson): Promise<void> {
    await this.work.enqueue({ kind: DONE_LESSON, key: lesson.event_id, userId, runAt: this.clock.now(), payload: asJson(lesson) });
  }
}

/** Without the members that are there and undefined. */
function asJson(lesson: SaidLesson | DoneLesson): JsonObject {
  return JSON.parse(JSON.stringify(lesson)) as JsonObject;
}
