import { Injectable } from '@nestjs/common';
import type { SealedCopyJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { LessonBook } from '../learning/lesson-book.js';
import { CompletionCounts } from '../ports/completion-counts.js';
import { isMilestone } from '../remembering/extract-done.js';

export interface Completion {
  readonly eventId: Uuid;
  readonly taskId: Uuid;
  readonly title: SealedCopyJson;
  readonly localDate: string;
  /** Of the event that told of it. */
  readonly seq: number;
  readonly doneAt: string;
}

/** Counts a completion, and books a lesson when it is the first or a round number. Joins the ambient transaction. */
@Injectable()
export class NoteDone {
  constructor(
    private readonly counts: CompletionCounts,
    private readonly lessons: LessonBook,
  ) {}

  async execute(userId: Uuid, { eventId, taskId, title, localDate, seq, doneAt }: Completion): Promise<void> {
    const done = await this.counts.note(userId, { taskId, localDate, seq });
    if (done === undefined || !isMilestone(done.days)) return;
    await this.lessons.done(userId, { event_id: eventId, kind: 'occurrence', title, local_date: done.latest, done_at: doneAt, count: done.days });
  }
}
