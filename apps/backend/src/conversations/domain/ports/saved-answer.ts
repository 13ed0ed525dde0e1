import type { Answer } from '../conversation/conversation.js';

/** Keeps, inside the current transaction, the answer that a repetition of this request shall get. */
export abstract class SavedAnswer {
  abstract keep(answer: Answer): Promise<void>;
}
