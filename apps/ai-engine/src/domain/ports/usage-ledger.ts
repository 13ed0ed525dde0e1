import type { Uuid } from '@selfos/kernel';
import type { TemplateRef, Usage } from '../model/language-model.js';

/** One answer of a model: which, asked how, and what it used. No content. */
export interface UsageEntry {
  /** The answer's id: a repeated answer is entered once. */
  readonly answerId: Uuid;
  readonly operation: 'plan' | 'narrative';
  readonly model: string;
  readonly template: TemplateRef;
  readonly usage: Usage;
  readonly at: Date;
}

/** What each answer used, kept for the person to see. Joins the ambient transaction. */
export abstract class UsageLedger {
  /** False when the answer was entered before. */
  abstract enter(userId: Uuid, entry: UsageEntry): Promise<boolean>;
}
