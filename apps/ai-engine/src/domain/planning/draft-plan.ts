import { todayOf } from '../time/resolve-schedule.js';
import { type AgendaAnswer, textOf } from './agenda/agenda-answer.js';
import { agendaAnswerTo } from './agenda/agenda-reply.js';
import { NO_AGENDA } from './agenda/agenda.js';
import { answerQuestion, answerStatement, crisisReply } from './answer.js';
import { careWords, considerations } from './care.js';
import { draftChanges } from './changes/draft-changes.js';
import { chosenNow } from './changes/find-target.js';
import type { ChangeDraft } from './changes/wish.js';
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
const NOTED = 'Noted.';
const EMPTY: Omit<PlanDraft, 'reply'> = { tasks: [], goals: [], media: [], used_memories: [], assumptions: [], changes: [], cites: [] };
/** Short words that answer something, and ask for nothing. */
const SHORT = /^(?:(?:ok(?:ay)?|yes|yep|no|nope|sure|fine|not (?:now|today|yet|this time)|do it|go ahead|forget it|never mind|leave it|let['’]?s call it a day|call it a day)[\s,.!]*)+$/i;
const NOTHING_CHANGED = 'All right. I changed nothing. A plan that waits for your yes is accepted or turned down where it stands.';
const UNDO = /^(?:please )?(?:undo|take (?:it|that) back|revert)(?: (?:it|that|this|the (?:last )?(?:plan|change)))?[\s.!]*$/i;
const HOW_TO_UNDO = 'Each plan has its own undo, for 30 days: it restores what was before.';
const LEFT_AS_IT_IS = 'I left everything as it is. Name the task as it is called, and say what should become of it.';

/** What the parts of a message ask for, each read once. */
interface Read {
  readonly plans: readonly ClauseDraft[];
  readonly changes: readonly ChangeDraft[];
  readonly answers: readonly AgendaAnswer[];
}

/** Understands a message with rules alone: proposes tasks and goals from the library, changes what exists, answers from the agenda. Times stay phrases. */
export function draftPlan(request: PlanRequest): PlanDraft {
  if (isCrisis(`${request.message} ${request.context.currentMood ?? ''}`)) return { ...EMPTY, reply: crisisReply() };
  if (UNDO.test(request.message.trim())) return { ...EMPTY, reply: HOW_TO_UNDO };
  if (SHORT.test(request.message.trim())) return { ...EMPTY, reply: NOTHING_CHANGED };
  const chosen = chosenNow(request.message, request.agenda ?? NO_AGENDA, request.history ?? []);
  if (chosen !== undefined) return afterChoice(chosen, request);
  const clauses = shareDays(clausesOf(request.message.slice(0, LONGEST_READ)).slice(0, MOST_READ), request);
  const read = readAll(clauses.slice(0, MOST_CLAUSES), request);
  if (read.plans.length + read.changes.length + read.answers.length > 0) return together(read, request);
  const question = clauses.find(({ kind }) => kind === 'question');
  const answer = question === undefined ? answerStatement(request) : answerQuestion(question.text, request);
  return { ...EMPTY, ...answer };
}

/** What was asked for before the question back, now that it is answered. */
function afterChoice({ wanted, task }: NonNullable<ReturnType<typeof chosenNow>>, request: PlanRequest): PlanDraft {
  const change = task === undefined ? undefined : draftChanges(wanted, request, { kind: 'task', record: task });
  return change === undefined ? { ...EMPTY, reply: LEFT_AS_IT_IS } : together({ plans: [], changes: [change], answers: [] }, request);
}

function readAll(clauses: readonly Clause[], request: PlanRequest): Read {
  const read = clauses.map((clause) => {
    const change = draftChanges(clause.text, request);
    const answer = change === undefined ? agendaAnswerTo(clause.text, request) : undefined;
    return { change, answer, plans: change === undefined && answer === undefined ? draftOf(clause, request) : [] };
  });
  return {
    plans: read.flatMap(({ plans }) => plans),
    changes: read.flatMap(({ change }) => change ?? []),
    answers: read.flatMap(({ answer }) => answer ?? []),
  };
}

function together({ plans, changes, answers }: Read, request: PlanRequest): PlanDraft {
  const plan = plans.length === 0 ? { ...EMPTY, reply: '' } : merge(plans, request);
  const changed = changes.flatMap((one) => one.changes);
  const said = changes.map((one) => one.reply ?? (one.changes.length === 0 ? '' : NOTED));
  const reply = [...new Set([...answers.map(textOf), ...said, plan.reply])].filter((words) => words !== '').join('\n');
  return {
    ...plan, reply, changes: changed.slice(0, 10), cites: [...new Set(answers.flatMap(({ cites }) => cites.map(({ id }) => id)))].slice(0, 100),
    assumptions: [...plan.assumptions, ...changes.flatMap((one) => one.assumptions)].slice(0, 10),
  };
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
    changes: [],
    cites: [],
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
