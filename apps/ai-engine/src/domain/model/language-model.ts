import type { Limit } from '../ports/budget.js';
import type { LiveReply } from './live-reply.js';
import type { PlanRequest } from '../planning/plan.js';
import type { Turn } from '../planning/turn.js';
import type { PictureFacts, SeenPicture } from '../pictures/picture.js';
import type { Scene } from '../narrative/story.js';

/** The version of the words that a model was asked with; stored with its answer. */
export interface TemplateRef {
  readonly id: string;
  readonly version: number;
}

/** What is asked, as data. A model of language reads the words made of it; one of rules reads this. */
export type ModelInput =
  | { readonly operation: 'plan'; readonly request: PlanRequest; readonly history: readonly Turn[] }
  | { readonly operation: 'reword'; readonly scenes: readonly Scene[] }
  | { readonly operation: 'image'; readonly facts: PictureFacts };

export interface ModelQuestion {
  readonly template: TemplateRef;
  /** What the model is to be and to obey. */
  readonly system: string;
  /** The words of this question; what the person said and what is remembered stand in it as data. */
  readonly user: string;
  /** JSON Schema of the wanted answer. */
  readonly schema: object;
  readonly input: ModelInput;
  /** What is to be looked at. */
  readonly pictures?: readonly SeenPicture[];
  /** What was wrong with the answer before, for a repair. */
  readonly faults: readonly string[];
  readonly signal: AbortSignal;
  /** Where the reply's words go as they come; absent, nobody sees anything before the whole. */
  readonly live?: LiveReply | undefined;
  /** Absent: nobody knows them, so nothing leaves the person's machines. */
  readonly wishes?: Wishes | undefined;
}

/** How a person wants to be answered. */
export interface Wishes {
  /** private: no word to a model of the cloud. offline: no model that needs a network. */
  readonly privacy: 'off' | 'private' | 'offline';
  /** The model they prefer, by one of its names. */
  readonly model?: string | undefined;
  /** Their own limits; the installation's hold too. */
  readonly day: Limit;
  readonly month: Limit;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The maker gave no count, or not all of it: ours, by the length of the texts. */
  readonly isEstimated?: boolean;
}

/** Who answered in the end, and on which way. */
export interface AnsweredBy {
  readonly model: string;
  readonly strategy: Strategy;
  /** Why not the model that was to answer first. */
  readonly fallback?: string;
  /** What the person should know of it, as a sentence. */
  readonly notice?: string;
}

/** premium: cloud first. standard: cloud to think, local to reword. privacy: nothing leaves the person's machines. offline: what was answered before, or rules. */
export type Strategy = 'premium' | 'standard' | 'privacy' | 'offline';

export interface ModelAnswer {
  /** Unchecked: whoever asked parses it. */
  readonly value: unknown;
  /** The model broke off when some of its reply had been seen; then there is no value. */
  readonly isTruncated?: boolean;
  readonly usage: Usage;
  /** Set where several models stand behind one. */
  readonly by?: AnsweredBy;
}

/** Answers a question with a value of the wanted shape, or throws. It is never trusted to: the answer is parsed and bounded by code. */
export abstract class LanguageModel {
  /** As the person is told which model answered. */
  abstract readonly name: string;

  abstract structured(question: ModelQuestion): Promise<ModelAnswer>;
}

/** The name of the planner that needs no model of language. */
export const BUILTIN_MODEL = 'selfos-builtin';

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0 };
