import type { EngineAnswer, Question } from '../conversation/conversation.js';

/** A piece of a live answer: sealed frames to be passed on unopened, and at the end the whole answer. */
export type EngineFrame = { readonly kind: 'pass'; readonly event: string; readonly data: unknown } | { readonly kind: 'done'; readonly answer: EngineAnswer };

/** Answers what was said and proposes changes. Throws AnswerUnavailable. */
export abstract class AnswerEngine {
  abstract answer(question: Question, signal: AbortSignal): Promise<EngineAnswer>;
  abstract stream(question: Question, signal: AbortSignal): AsyncIterable<EngineFrame>;
}
