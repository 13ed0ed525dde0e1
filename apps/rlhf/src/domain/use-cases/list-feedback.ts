import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { fromCursor } from '../feedback/cursor.js';
import type { Feedback } from '../feedback/feedback.js';
import { FeedbackRepository } from '../feedback/feedback.repository.js';

/** A page of what a person has judged, newest first. */
@Injectable()
export class ListFeedback {
  constructor(
    private readonly transaction: Transaction,
    private readonly feedbacks: FeedbackRepository,
  ) {}

  async execute(userId: string, { cursor, limit }: PageRequest): Promise<Page<Feedback>> {
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    return this.transaction.run(() => this.feedbacks.findPage(userId, { after, limit }));
  }
}
