import type { Page } from '@selfos/kernel';
import type { Place } from './cursor.js';
import type { Feedback } from './feedback.js';

export interface FeedbackPage {
  readonly after: Place | undefined;
  readonly limit: number;
}

export abstract class FeedbackRepository {
  /** False when the id is taken, by whomever. */
  abstract add(feedback: Feedback): Promise<boolean>;

  /** Newest first. */
  abstract findPage(userId: string, page: FeedbackPage): Promise<Page<Feedback>>;
}
