import type { Inner, routes } from '@selfos/contracts';
import type { Feedback } from '../domain/feedback/feedback.js';

export type FeedbackView = Inner<(typeof routes.giveFeedback)['response']>;

export function feedbackView({ id, conversationId, messageId, rating, correction, createdAt }: Feedback): FeedbackView {
  return { id, conversation_id: conversationId, message_id: messageId, rating, correction, created_at: createdAt.toISOString() };
}
