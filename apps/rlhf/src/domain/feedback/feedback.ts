import type { EnvelopeJson } from '@selfos/contracts';

/** What a person thought of an answer. The correction is sealed: nobody opens it here. */
export interface Feedback {
  readonly id: string;
  readonly userId: string;
  readonly conversationId: string;
  /** The answer that is judged; null for the conversation as a whole. */
  readonly messageId: string | null;
  /** 1 is poor, 5 is good. */
  readonly rating: number;
  readonly correction: EnvelopeJson | null;
  readonly createdAt: Date;
}
