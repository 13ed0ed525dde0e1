import { z } from 'zod';
import type { ModelQuestion, TemplateRef } from '../model/language-model.js';
import type { Scene } from '../narrative/story.js';
import { agendaAnswerIn } from '../planning/agenda/agenda-reply.js';
import type { PlanRequest } from '../planning/plan.js';
import { planDraftSchema } from '../planning/plan-draft.js';
import { PRACTICES } from '../planning/practices/index.js';
import type { PersonProfile } from '../ports/profiles.js';
import { type Origin, originOf } from '../safety/provenance.js';
import { intentOf } from './intent.js';
import { templateFor, templateOf } from './registry.js';
import { QUESTION_TOKENS, renderPrompt, type Values } from './render.js';
import { refOf } from './template.js';

export type Rendered = Omit<ModelQuestion, 'faults' | 'signal'>;

export interface Asking {
  readonly request: PlanRequest;
  readonly profile: PersonProfile;
  /** The words of an earlier answer, to ask as it was asked; the newest for the message's intent where it is not given. */
  readonly template?: TemplateRef;
  /** Tokens of the question's material. */
  readonly most?: number;
}

export const rewordSchema = z.object({ sentences: z.array(z.object({ scene: z.int().min(0).max(11), text: z.string().trim().min(1).max(200) })).max(12) });

const PAGES = [...new Set(PRACTICES.flatMap(({ media }) => media ?? []))];

/** The question that a message becomes: template by intent, everything around the message as marked data, within the budget. */
export function planQuestion({ request, profile, template: ref, most = QUESTION_TOKENS }: Asking): Rendered {
  const template = (ref === undefined ? undefined : templateOf(ref)) ?? templateFor(intentOf(request));
  const { system, user } = renderPrompt(template, valuesOf(request, profile), most);
  return { template: refOf(template), system, user, schema: z.toJSONSchema(planDraftSchema), input: { operation: 'plan', request, history: request.history ?? [] } };
}

/** The question that rewords the sentences of a story's scenes. */
export function rewordQuestion(scenes: readonly Scene[]): Rendered {
  const template = templateFor('reword');
  const { system, user } = renderPrompt(template, { scenes: scenes.map(({ label, sentence }, scene) => ({ scene, label, sentence })) });
  return { template: refOf(template), system, user, schema: z.toJSONSchema(rewordSchema), input: { operation: 'reword', scenes } };
}

/** Marks what is not the person's own; their own words stand as they are. */
function marked<T extends object>(entry: T, text: string, origin: Origin | undefined): T & { readonly origin?: 'foreign' } {
  return originOf(text, origin ?? 'own') === 'foreign' ? { ...entry, origin: 'foreign' } : entry;
}

function valuesOf(request: PlanRequest, profile: PersonProfile): Values {
  const { message, context, memories, history = [], agenda } = request;
  const tasks = (agenda?.tasks ?? []).map(({ id, title, rrule, time, minutes, due, done, origin }) => marked({ task: id, title, rrule, time, minutes, due: due.slice(0, 3), done_last_7_days: done.length }, title, origin));
  const goals = (agenda?.goals ?? []).map(({ id, title, targetDate, progress, origin }) => marked({ goal: id, title, target_date: targetDate, progress }, title, origin));
  return {
    message,
    context: { mood: context.currentMood, minutes_a_day: context.availableTime },
    life_areas: context.lifeAreas,
    personality: personalityOf(profile),
    memories: memories.map(({ id, type, text, origin }) => marked({ id, type, text }, text, origin)),
    history: history.map(({ role, text, origin }) => marked({ role, text }, text, origin)),
    agenda: [...goals, ...tasks],
    facts: agendaAnswerIn(request)?.facts.map(({ text, cites }) => ({ text, ids: cites.map(({ id }) => id) })),
    pages: PAGES,
  };
}

function personalityOf({ communicationStyle, peakHours, lifeAreaWeights, personalityTraits, motivationTriggers }: PersonProfile): object {
  return { style: communicationStyle, peak_hours: peakHours, area_weights: lifeAreaWeights, traits: personalityTraits, motivated_by: motivationTriggers };
}
