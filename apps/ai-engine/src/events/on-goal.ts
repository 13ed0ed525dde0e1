import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { LessonBook } from '../domain/learning/lesson-book.js';

/** A goal was reached: it is remembered as an achievement. */
@Controller()
export class OnGoal {
  constructor(private readonly lessons: LessonBook) {}

  @EventPattern('goal.achieved')
  async achieved(@Payload() { id, userid, time, data }: EventOf<'goal.achieved'>): Promise<void> {
    await this.lessons.add(userid, { kind: 'goal_achieved', id, title: data.title, done_at: data.achieved_at ?? time });
  }
}
