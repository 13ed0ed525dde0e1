import type { TemplateRef } from '../model/language-model.js';

/** What a person's message is about: it chooses the words that a model is asked with. */
export type Intent = 'plan' | 'change' | 'agenda' | 'answer' | 'reflect' | 'reword' | 'picture';

/** What may stand in a template. `message` is what is answered; all others are material around it. */
export type Variable = 'message' | 'context' | 'life_areas' | 'personality' | 'memories' | 'history' | 'agenda' | 'facts' | 'pages' | 'scenes' | 'picture';

/** One version of the words that a model is asked with, as data. A released version is never changed: a new wording is a new version, and the old one stays, so that an old answer can be asked for again as it was. */
export interface PromptTemplate {
  readonly id: string;
  readonly version: number;
  readonly intent: Intent;
  /** What the model is to be and to obey. */
  readonly system: string;
  /** The question's parts in order: a label, and the variable that follows it as data. A variable without a value leaves its part out. */
  readonly parts: readonly (readonly [label: string, variable: Variable])[];
  /** What is left out first when the question would be too long, least missed first. What is not named is never left out. */
  readonly cut: readonly Variable[];
}

export const refOf = ({ id, version }: PromptTemplate): TemplateRef => ({ id, version });
