import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { CorrectionMisplaced, FeedbackIdTaken } from '../feedback/feedback.errors.js';
import type { Feedback } from '../feedback/feedback.js';
import { FeedbackRepository } from '../feedback/feedback.repository.js';

/** Keeps what a person thought of an answer, and tells that they did. */
@Injectable()
export class GiveFeedback {
  constructor(
    private readonly transaction: Transaction,
    private readonly feedbacks: FeedbackRepository,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, given: Omit<Feedback, 'userId' | 'createdAt'>): Promise<Feedback> {
    const feedback = { ...given, userId, createdAt: this.clock.now() };
    if (!isSealedFor(feedback)) throw new CorrectionMisplaced({ issues: [{ pointer: '/correction', detail: 'Seal it for your own id and the id of the feedback.' }] });
    await this.transaction.run(async () => {
      if (!(await this.feedbacks.add(feedback))) throw new FeedbackIdTaken();
      const { id, conversationId, messageId, rating } = feedback;
      await this.publisher.publish(events.feedbackRecorded, { aggregateId: id, userId, data: { id, conversation_id: conversationId, message_id: messageId, rating } });
    });
    return feedback;
  }
}

function isSealedFor({ id, userId, correction }: Feedback): boolean {
  return correction === null || (correction.oid === id && correction.uid === userId && correction.ctx === 'feedback.record.correction');
}
