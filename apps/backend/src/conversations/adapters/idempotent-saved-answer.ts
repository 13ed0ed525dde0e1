import type { RequestOnce } from '@selfos/http';
import type { Answer } from '../domain/conversation/conversation.js';
import { SavedAnswer } from '../domain/ports/saved-answer.js';

/** Completes the claim of the request's Idempotency-Key. */
export class IdempotentSavedAnswer extends SavedAnswer {
  constructor(private readonly once: RequestOnce) {
    super();
  }

  async keep(answer: Answer): Promise<void> {
    await this.once.completeOwn({ status: 201, body: answer });
  }
}
