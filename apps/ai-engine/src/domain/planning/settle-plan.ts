import { allowChanges } from '../safety/allowed-changes.js';
import { type AllowedLinks, filterOutput, linksIn } from '../safety/output-filter.js';
import { todayOf } from '../time/resolve-schedule.js';
import { agreesWithFacts } from './agenda/agenda-claims.js';
import { type AgendaAnswer, textOf } from './agenda/agenda-answer.js';
import { agendaAnswerIn } from './agenda/agenda-reply.js';
import { crisisReply } from './answer.js';
import { correctPlan, correctWeekdays } from './correct-weekdays.js';
import { isCrisis } from './mood.js';
import type { Plan, PlanRequest } from './plan.js';
import type { PlanDraft } from './plan-draft.js';
import { MEDIA } from './practices/media.js';
import { resolvePlan } from './resolve-plan.js';
import { trustDates } from './trust-dates.js';

export interface Settled {
  readonly plan: Plan;
  readonly needsConfirmation: boolean;
}

const NOT_YET = 'Nothing of this is done yet. Accept the plan if it is what you want.';
const BROKE_OFF = 'Here the language model broke off. Nothing was changed; ask again for the rest.';

/** The pages that SelfOS itself suggests. */
const CATALOGUE: readonly string[] = Object.values(MEDIA).map(({ url }) => url);

/** The links that an answer to this message may hold: those of the catalogue, and those that the person has just typed. */
export function linksFor({ message }: Pick<PlanRequest, 'message'>): AllowedLinks {
  return new Set([...CATALOGUE, ...linksIn(message)]);
}

/** What every word of a language model goes through before it is seen, also one sentence at a time. */
export function fitToBeSeen(text: string, request: PlanRequest): string {
  const links = linksFor(request);
  return filterOutput(correctWeekdays(filterOutput(text, links), todayOf(request)), links);
}

/** Whether a model's words may be seen as they come: what code answers by its own facts is held against them as a whole. */
export function maySpeakLive(request: PlanRequest): boolean {
  return agendaAnswerIn(request) === undefined;
}

/** What stands of an answer that broke off: its words, and nothing that would follow from them. */
export function settleBrokenOff(words: string): Settled {
  const reply = `${words}\n${BROKE_OFF}`;
  return { plan: { reply, tasks: [], goals: [], changes: [], media: [], usedMemories: [], assumptions: [], cites: [] }, needsConfirmation: false };
}

/** A draft of the planner of rules: what it does follows from the person's words alone; what it quotes is filtered. */
export function settleOwn(draft: PlanDraft, request: PlanRequest): Settled {
  const plan = resolvePlan(draft, request);
  const reply = filterOutput(correctWeekdays(plan.reply, todayOf(request)), new Set([...linksFor(request), 'findahelpline.com']));
  return { plan: { ...plan, reply }, needsConfirmation: false };
}

/**
 * A language model's draft, held to what code knows: dates that somebody named, changes that this message allows, numbers that the agenda
 * bears out, and words without links. Whatever it was told by whom, nothing else comes out.
 */
export function settleModels(draft: PlanDraft, request: PlanRequest): Settled {
  if (isCrisis(`${request.message} ${request.context.currentMood ?? ''}`)) return inCrisis(draft, request);
  const said = (request.history ?? []).filter(({ role }) => role === 'user').map(({ text }) => text);
  const { draft: allowed, needsConfirmation } = allowChanges(trustDates(draft, request, said), request);
  const links = linksFor(request);
  const plan = filtered(correctPlan(resolvePlan(withFacts(filteredDraft(allowed, links), request), request), todayOf(request)), links);
  const changes = plan.tasks.length + plan.goals.length + plan.changes.length;
  const waits = needsConfirmation && changes > 0;
  return { plan: waits ? { ...plan, reply: `${plan.reply}\n${NOT_YET}` } : plan, needsConfirmation: waits };
}

/** No plan answers such words, whatever a model proposes; where help is to be found is said by code. */
function inCrisis({ reply }: PlanDraft, request: PlanRequest): Settled {
  const plan: Plan = { reply: `${fitToBeSeen(reply, request)}\n${crisisReply()}`, tasks: [], goals: [], changes: [], media: [], usedMemories: [], assumptions: [], cites: [] };
  return { plan, needsConfirmation: false };
}

/** A question about the agenda is answered by its facts; a model may word them, and loses the word when it says anything else. */
function withFacts(draft: PlanDraft, request: PlanRequest): PlanDraft {
  const answer: AgendaAnswer | undefined = agendaAnswerIn(request);
  if (answer === undefined) return draft;
  const ids = answer.cites.map(({ id }) => id);
  const holds = agreesWithFacts(draft.reply, answer) && draft.cites.every((id) => ids.includes(id));
  return { ...draft, reply: holds ? draft.reply : textOf(answer), cites: ids };
}

/** Titles that are nothing but a link are no titles. */
function filteredDraft(draft: PlanDraft, links: AllowedLinks): PlanDraft {
  const clean = (text: string): string => filterOutput(text, links).trim();
  const titled = <T extends { readonly title: string }>(items: readonly T[]): T[] => items.map((item) => ({ ...item, title: clean(item.title) })).filter(({ title }) => title !== '');
  const tasks = titled(draft.tasks);
  const changes = draft.changes.map((change) => (change.title === undefined ? change : { ...change, title: clean(change.title) })).filter(({ title }) => title !== '');
  return draft.goals.some(({ title }) => clean(title) === '') ? { ...draft, tasks: tasks.map(({ goal: _, ...task }) => task), goals: [], changes } : { ...draft, tasks, goals: titled(draft.goals), changes };
}

function filtered(plan: Plan, links: AllowedLinks): Plan {
  const clean = (text: string): string => filterOutput(text, links);
  return {
    ...plan,
    reply: clean(plan.reply),
    tasks: plan.tasks.map((task) => ({ ...task, title: clean(task.title), ...(task.description === undefined ? {} : { description: clean(task.description) }) })),
    goals: plan.goals.map((goal) => ({
      ...goal, title: clean(goal.title), vision: clean(goal.vision), successMetrics: goal.successMetrics.map(clean),
      milestones: goal.milestones.map((milestone) => ({ ...milestone, title: clean(milestone.title) })),
    })),
    assumptions: plan.assumptions.map(clean),
  };
}
