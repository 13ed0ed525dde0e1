import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { LessonBook } from '../domain/learning/lesson-book.js';
import { CompletionCounts } from '../domain/ports/completion-counts.js';
import { NoteDone } from '../domain/use-cases/note-done.js';

/** What is done is counted and learned from; what is taken back or deleted no longer counts. */
@Controller()
export class OnTask {
  constructor(
    private readonly noteDone: NoteDone,
    private readonly counts: CompletionCounts,
    private readonly lessons: LessonBook,
  ) {}

  @EventPattern('occurrence.completed')
  async completed(@Payload() { id, userid, seq, data }: EventOf<'occurrence.completed'>): Promise<void> {
    await this.noteDone.execute(userid, {
      eventId: id, occurrenceId: data.id, taskId: data.task_id, title: data.title, localDate: data.local_date, seq, doneAt: data.completed_at, zone: data.timezone, lifeAreas: data.life_areas,
    });
  }

  @EventPattern('occurrence.reopened')
  async reopened(@Payload() { id, userid, seq, time, data }: EventOf<'occurrence.reopened'>): Promise<void> {
    await this.lessons.add(userid, { kind: 'taken_back', id, occurrence_id: data.id, seq, at: time });
    await this.counts.takeBack(userid, { taskId: data.task_id, localDate: data.local_date, seq });
  }

  @EventPattern('task.deleted')
  async deleted(@Payload() { userid, data }: EventOf<'task.deleted'>): Promise<void> {
    await this.counts.forget(userid, data.id);
  }
}
