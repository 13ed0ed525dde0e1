import { todayOf } from '../time/resolve-schedule.js';
import { answerQuestion, answerStatement, crisisReply } from './answer.js';
import { careWords, considerations } from './care.js';
import { clausesOf, type Clause } from './clauses.js';
import { draftClause, type ClauseDraft } from './draft-clause.js';
import { findWhen } from '../time/when.js';
import { isCrisis, lowMood } from './mood.js';
import type { PlanRequest } from './plan.js';
import type { PlanDraft } from './plan-draft.js';
import { quote } from './quote.js';

const MOST_CLAUSES = 3;
/** Plans are made of the beginning of a message; what a page-long text tells is for memory. */
const LONGEST_READ = 2000;
const MOST_READ = 20;
const EMPTY: Omit<PlanDraft, 'reply'> = { tasks: [], goals: [], media: [], used_memories: [], assumptions: [] };

/** Understands a message with rules alone and proposes tasks and goals from the library. Times stay phrases. */
export function draftPlan(request: PlanRequest): PlanDraft {
  if (isCrisis(`${request.message} ${request.context.currentMood ?? ''}`)) return { ...EMPTY, reply: crisisReply() };
  const clauses = shareDays(clausesOf(request.message.slice(0, LONGEST_READ)).slice(0, MOST_READ), request);
  const drafts = clauses.slice(0, MOST_CLAUSES).flatMap((clause) => draftOf(clause, request));
  if (drafts.length > 0) return merge(drafts, request);
  const question = clauses.find(({ kind }) => kind === 'question');
  const answer = question === undefined ? answerStatement(request) : answerQuestion(question.text, request.memories);
  return { ...EMPTY, ...answer };
}

/** "Call the bank and pay the rent by Friday": a part that names no time takes the day of the part that ends its sentence. */
function shareDays(clauses: readonly Clause[], request: PlanRequest): Clause[] {
  const today = todayOf(request);
  return clauses.map((clause) => {
    const last = clauses.findLast(({ sentence }) => sentence === clause.sentence);
    if (last === undefined || last === clause || clause.kind !== 'command') return clause;
    const own = findWhen(clause.body, today).when;
    const { day, due } = findWhen(last.body, today).when;
    const phrase = due ?? day;
    const timed = [own.repeat, own.at, own.day, own.due].some((part) => part !== undefined);
    return timed || phrase === undefined ? clause : { ...clause, body: `${clause.body} ${phrase}` };
  });
}

function draftOf(clause: Clause, request: PlanRequest): ClauseDraft[] {
  const draft = draftClause(clause, {
    context: request.context,
    today: todayOf(request),
    low: lowMood(request.message, request.context.currentMood) !== undefined,
    respected: considerations(request.message, request.memories),
    insists: /\b(?:anyway|all the same|regardless|nevertheless)\b/i.test(request.message),
  });
  return draft === undefined ? [] : [draft];
}

function merge(drafts: readonly ClauseDraft[], request: PlanRequest): PlanDraft {
  const used = drafts.flatMap((draft) => draft.respected);
  const goals = drafts.flatMap((draft) => (draft.goal === undefined ? [] : [draft.goal]));
  const assumptions = [...new Set(drafts.flatMap((draft) => draft.assumptions))];
  return {
    reply: replyOf(drafts, request),
    tasks: drafts.flatMap((draft) => draft.tasks.map((task) => (draft.goal === undefined ? task : { ...task, goal: goals.indexOf(draft.goal) }))).slice(0, 10),
    goals,
    media: [...new Set(drafts.flatMap((draft) => draft.media))].slice(0, 3),
    used_memories: [...new Set(used.flatMap(({ memoryId }) => (memoryId === undefined ? [] : [memoryId])))],
    assumptions: drafts.length > 1 && assumptions.length > 1 ? ['I chose the days and times that you did not name; say if others suit you better.'] : assumptions,
  };
}

/** What is said before the plan itself: the mood, what is respected and why, the reason behind the practice. */
function replyOf(drafts: readonly ClauseDraft[], request: PlanRequest): string {
  const mood = lowMood(request.message, request.context.currentMood);
  const moodLine = mood === undefined ? [] : [`You feel ${mood === 'burned out' ? 'burned out' : mood}, so the first step is small.`];
  const lines = drafts.flatMap((draft) => draft.respected).map(({ said, memoryId, care, at, liked }) => {
    const source = memoryId === undefined ? 'You said' : 'You told me';
    const because = `${source}: “${quote(said)}”`;
    if (care !== undefined) return `${because} So there is ${careWords(care)} in this plan.`;
    if (at !== undefined) return `${because} So it is ${at}.`;
    return liked === true ? `${because} So I built on that.` : `${because} So I left that out.`;
  });
  const why = drafts.flatMap((draft) => (draft.why === undefined ? [] : [draft.why])).slice(0, 2);
  const all = [...moodLine, ...new Set(lines), ...why];
  return all.length === 0 ? 'Here is the plan.' : all.join(' ');
}
