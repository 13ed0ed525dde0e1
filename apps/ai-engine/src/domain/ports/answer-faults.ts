import type { Uuid } from '@selfos/kernel';
import type { TemplateRef } from '../model/language-model.js';

/** A model that gave no usable answer: which, asked with which words, and the class of its failure. Never anything it was asked or said. */
export interface AnswerFault {
  readonly operation: 'plan' | 'narrative' | 'image' | 'extract';
  readonly template: TemplateRef;
  /** Name of the model, at most 100 letters. */
  readonly model: string;
  /** A class such as `unusable`, `timeout`, `rate-limited`, at most 60 letters. */
  readonly fault: string;
}

/** Failures of models, kept and counted, so that none is lost in silence. Never throws: a failure that cannot be kept must not become another. */
export abstract class AnswerFaults {
  abstract note(userId: Uuid, faults: readonly AnswerFault[]): Promise<void>;
}
