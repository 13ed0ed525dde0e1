import type { TemplateRef } from '../model/language-model.js';
import { AGENDA, ANSWER } from './templates/answer.js';
import { CHANGE } from './templates/change.js';
import { PICTURE } from './templates/picture.js';
import { PLAN } from './templates/plan.js';
import { REFLECT, REWORD } from './templates/reflect.js';
import type { Intent, PromptTemplate } from './template.js';

/** Every version of every template. The newest of an intent is asked with; the others stay, for answers that were given with them. */
export const TEMPLATES: readonly PromptTemplate[] = [...PLAN, ...CHANGE, ...AGENDA, ...ANSWER, ...REFLECT, ...REWORD, ...PICTURE];

/** The newest words for an intent. */
export function templateFor(intent: Intent): PromptTemplate {
  const all = TEMPLATES.filter((template) => template.intent === intent);
  const newest = all.reduce<PromptTemplate | undefined>((best, one) => (best === undefined || one.version > best.version ? one : best), undefined);
  if (newest === undefined) throw new Error(`no template for ${intent}`);
  return newest;
}

/** The words that an answer was given with; undefined for a reference that was never released. */
export function templateOf({ id, version }: TemplateRef): PromptTemplate | undefined {
  return TEMPLATES.find((template) => template.id === id && template.version === version);
}
