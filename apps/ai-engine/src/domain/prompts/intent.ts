import { agendaAnswerIn } from '../planning/agenda/agenda-reply.js';
import { draftPlan } from '../planning/draft-plan.js';
import { clausesOf } from '../planning/clauses.js';
import type { PlanRequest } from '../planning/plan.js';
import type { Intent } from './template.js';

const LONGEST_READ = 2000;

/** What a message is about, read by rules: the same for every model, and never decided by one. */
export function intentOf(request: PlanRequest): Intent {
  if (agendaAnswerIn(request) !== undefined) return 'agenda';
  const own = draftPlan(request);
  if (own.changes.length > 0) return own.tasks.length > 0 ? 'plan' : 'change';
  const kinds = clausesOf(request.message.slice(0, LONGEST_READ)).map(({ kind }) => kind);
  if (kinds.length > 0 && kinds.every((kind) => kind === 'question')) return 'answer';
  return own.tasks.length === 0 && kinds.every((kind) => kind === 'statement') && kinds.length > 0 ? 'reflect' : 'plan';
}
