import { clausesOf } from '../planning/clauses.js';
import { draftPlan } from '../planning/draft-plan.js';
import type { PlanRequest } from '../planning/plan.js';
import type { DraftChange, PlanDraft } from '../planning/plan-draft.js';
import { type Origin, originOf } from './provenance.js';

export interface Allowed {
  /** The draft without what this message gives no leave for. */
  readonly draft: PlanDraft;
  /** Nothing of it may be applied before the person says yes. */
  readonly needsConfirmation: boolean;
}

const LONGEST_READ = 2000;

/** Whether a message only asks: then nothing may be changed by its answer. */
export function onlyAsks({ message }: PlanRequest): boolean {
  const clauses = clausesOf(message.slice(0, LONGEST_READ));
  return clauses.length > 0 && clauses.every(({ kind }) => kind === 'question');
}

/** Whether text that is not the person's own stands before the model: then what it proposes may be somebody else's wish. */
export function hasForeignText(request: PlanRequest): boolean {
  const texts: readonly (readonly [string, Origin | undefined])[] = [
    ...request.memories.map(({ text, origin }) => [text, origin] as const),
    ...(request.agenda?.tasks ?? []).map(({ title, origin }) => [title, origin] as const),
    ...(request.agenda?.goals ?? []).map(({ title, origin }) => [title, origin] as const),
    ...(request.history ?? []).map(({ text, origin }) => [text, origin] as const),
  ];
  return texts.some(([text, origin]) => originOf(text, origin ?? 'own') === 'foreign');
}

const sameAs = (change: DraftChange) => (own: DraftChange): boolean => own.op === change.op && own.id === change.id;

/**
 * What a language model may change by this message, decided by code alone. A question changes nothing. A wish or a command may create; a
 * change to what exists stands when the rules read the same change of the same record out of the person's own words, and else waits for a
 * yes. With foreign text before the model everything waits. What is to be remembered is held to the message's words elsewhere.
 */
export function allowChanges(draft: PlanDraft, request: PlanRequest): Allowed {
  const own = draftPlan(request).changes;
  if (onlyAsks(request) && own.length === 0) return { draft: { ...draft, tasks: [], goals: [], changes: [] }, needsConfirmation: false };
  const changesAnything = draft.tasks.length + draft.goals.length + draft.changes.length > 0;
  const isRead = draft.changes.every((change) => change.op === 'remember' || own.some(sameAs(change)));
  return { draft, needsConfirmation: changesAnything && (!isRead || hasForeignText(request)) };
}
