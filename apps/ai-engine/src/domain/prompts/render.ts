import type { PromptTemplate, Variable } from './template.js';

/**
 * What stands in a template's places. A list is given most important first and is cut from its end, what was said before from its
 * beginning; anything else stands whole or not at all. Each entry carries its own `origin` where it is not the person's own.
 */
export type Values = Readonly<Partial<Record<Variable, unknown>>>;

export interface RenderedPrompt {
  readonly system: string;
  readonly user: string;
  /** What was left out for want of room, by variable: how many entries, or 1 for the whole. */
  readonly omitted: Readonly<Partial<Record<Variable, number>>>;
}

/** About as many tokens as models count: a byte and a half to three of text for one, taken at the dear end. */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 3);
}

/** A question's material may be this long. The message itself is never cut, however long it is. */
export const QUESTION_TOKENS = 6000;

/**
 * The words of a question: each part's value as data that cannot close its own bracket. Too long, it loses material in the template's
 * order: a list loses its least important entries one by one, then goes. The message is never touched.
 */
export function renderPrompt(template: PromptTemplate, values: Values, most: number = QUESTION_TOKENS): RenderedPrompt {
  const kept = new Map(template.parts.map(([, variable]) => [variable, presentOf(values[variable])]));
  const omitted: Partial<Record<Variable, number>> = {};
  for (const variable of template.cut) {
    if (tokensOf(userOf(template, kept)) <= most) break;
    const left = shortened(variable, kept, (trial) => tokensOf(userOf(template, trial)) <= most);
    if (left > 0) omitted[variable] = left;
  }
  return { system: template.system, user: userOf(template, kept), omitted };
}

/** Takes entries off the end until it fits, or the whole; says how many went. */
function shortened(variable: Variable, kept: Map<Variable, unknown>, fits: (trial: Map<Variable, unknown>) => boolean): number {
  const value = kept.get(variable);
  if (value === undefined) return 0;
  const entries = Array.isArray(value) ? (value as unknown[]) : [value];
  for (let length = entries.length - 1; length > 0; length -= 1) {
    kept.set(variable, variable === 'history' ? entries.slice(-length) : entries.slice(0, length));
    if (fits(kept)) return entries.length - length;
  }
  kept.set(variable, undefined);
  return entries.length;
}

/** Nothing, an empty list and an empty object leave their part out. */
function presentOf(value: unknown): unknown {
  const isEmpty = value === undefined || value === null || value === '' || (typeof value === 'object' && Object.values(value).every((one) => one === undefined));
  return isEmpty ? undefined : value;
}

function userOf(template: PromptTemplate, values: ReadonlyMap<Variable, unknown>): string {
  return template.parts
    .filter(([, variable]) => values.get(variable) !== undefined)
    .map(([label, variable]) => `${label}: ${data(variable, values.get(variable))}`)
    .join('\n');
}

/** `<` is written as an escape, so that no material ends or begins a bracket of its own. */
const data = (name: Variable, value: unknown): string => `<data name="${name}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</data>`;
