import { Injectable } from '@nestjs/common';
import type { SealedCopyJson } from '@selfos/contracts';
import type { LifeArea, Uuid } from '@selfos/kernel';
import { LessonBook } from '../learning/lesson-book.js';
import { CompletionCounts } from '../ports/completion-counts.js';
import { isMilestone } from '../remembering/extract-done.js';

export interface Completion {
  readonly eventId: Uuid;
  readonly occurrenceId: Uuid;
  readonly taskId: Uuid;
  readonly title: SealedCopyJson;
  readonly localDate: string;
  /** Of the event that told of it. */
  readonly seq: number;
  readonly doneAt: string;
  /** IANA zone of the person. */
  readonly zone: string;
  readonly lifeAreas: readonly LifeArea[];
}

/** Counts a completion and books what it teaches; with its number when it is the first or a round one. Joins the ambient transaction. */
@Injectable()
export class NoteDone {
  constructor(
    private readonly counts: CompletionCounts,
    private readonly lessons: LessonBook,
  ) {}

  async execute(userId: Uuid, { eventId, occurrenceId, taskId, title, localDate, seq, doneAt, zone, lifeAreas }: Completion): Promise<void> {
    const done = await this.counts.note(userId, { taskId, localDate, seq });
    if (done === undefined) return;
    const count = isMilestone(done.days) ? { count: done.days } : {};
    await this.lessons.add(userId, {
      kind: 'done', id: eventId, occurrence_id: occurrenceId, seq, title, local_date: done.latest, done_at: doneAt, timezone: zone, life_areas: [...lifeAreas], ...count,
    });
  }
}
