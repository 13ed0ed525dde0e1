import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { LessonBook } from '../domain/learning/lesson-book.js';

/** A message was answered: what it tells of the person is learned later. */
@Controller()
export class OnTurn {
  constructor(private readonly lessons: LessonBook) {}

  @EventPattern('conversation.turn_completed')
  async completed(@Payload() { userid, data }: EventOf<'conversation.turn_completed'>): Promise<void> {
    await this.lessons.add(userid, { kind: 'said', id: data.message_id, said_at: data.said_at, message: data.message });
  }
}
