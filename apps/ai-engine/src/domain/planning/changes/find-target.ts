import type { Agenda, AgendaGoal, AgendaTask } from '../agenda/agenda.js';
import { named } from '../agenda/match-words.js';
import type { Turn } from '../turn.js';
import type { Wish } from './wish.js';

export type Target = { readonly kind: 'task'; readonly record: AgendaTask } | { readonly kind: 'goal'; readonly record: AgendaGoal };

/** What a wish may mean, best first. `sure` is false where nothing speaks for the first of several. */
export interface Found {
  readonly targets: readonly Target[];
  readonly sure: boolean;
  /** How many the words fit, before what is due now was preferred. */
  readonly among: number;
}

/** How a question back begins; the next message is read as its answer. */
export const WHICH_ONE = 'Which one do you mean';
const asTask = (record: AgendaTask): Target => ({ kind: 'task', record });
const asGoal = (record: AgendaGoal): Target => ({ kind: 'goal', record });
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The records that a wish is about: by its words, else by what was spoken of last, else what comes first. */
export function findTargets(wish: Wish, agenda: Agenda, history: readonly Turn[]): Found {
  if (wish.words !== '') {
    const fitting = byWords(wish, agenda);
    return { targets: preferDue(fitting, wish.op), sure: true, among: fitting.length };
  }
  const spokenOf = lastSpokenOf(agenda, history);
  if (spokenOf.length > 0) return { targets: spokenOf.map(asTask), sure: true, among: spokenOf.length };
  const first = nearest(agenda).map(asTask);
  return { targets: first, sure: agenda.tasks.length === 1, among: first.length };
}

/** With nothing else to go by: what comes first, a few of them. */
function nearest({ tasks }: Agenda): AgendaTask[] {
  const key = ({ due, time }: AgendaTask): string => `${due[0] ?? '9'} ${time ?? '24:00'}`;
  return tasks.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).slice(0, 3);
}

function byWords({ words, goal, op, least }: Wish, agenda: Agenda): Target[] {
  const tasks = goal === true ? [] : named(words, agenda.tasks, least);
  if (tasks.length > 0) return tasks.map(asTask);
  const plain = words.replace(/\bgoal\b(?: (?:to|of|for)\b)?/gi, ' ').trim();
  return goal === true || op !== 'complete' ? named(plain === '' ? words : plain, agenda.goals, goal === true ? 0.3 : least).map(asGoal) : [];
}

/** Of tasks named alike, what can be done now is what was done. */
function preferDue(targets: readonly Target[], op: Wish['op']): readonly Target[] {
  if (op !== 'complete' || targets.length < 2) return targets;
  const dueOf = (target: Target): string => (target.kind === 'task' ? (target.record.due[0] ?? '9') : '9');
  const first = targets.map(dueOf).sort()[0];
  const nearest = targets.filter((target) => dueOf(target) === first);
  return nearest.length === 1 ? nearest : targets;
}

/** The tasks named in the last answer that named any, in its order. */
function lastSpokenOf(agenda: Agenda, history: readonly Turn[]): AgendaTask[] {
  for (const { text } of [...history].reverse().filter(({ role }) => role === 'assistant')) {
    const found = tasksIn(text, agenda);
    if (found.length > 0) return found;
  }
  return [];
}

function tasksIn(text: string, agenda: Agenda): AgendaTask[] {
  const plain = oneLine(text);
  const places = agenda.tasks.map((task) => ({ task, at: plain.indexOf(oneLine(task.title)) })).filter(({ at }) => at >= 0);
  return places.sort((a, b) => a.at - b.at).map(({ task }) => task);
}

const ORDINALS: readonly RegExp[] = [/\b(?:first|1st|1|former)\b/i, /\b(?:second|2nd|2|latter)\b/i, /\b(?:third|3rd|3)\b/i, /\b(?:fourth|4th|4)\b/i];

/** When the last answer asked back: what was wanted then, and the task that is chosen now. */
export function chosenNow(message: string, agenda: Agenda, history: readonly Turn[]): { readonly wanted: string; readonly task: AgendaTask | undefined } | undefined {
  const asked = history.at(-1);
  const wanted = history.at(-2);
  if (asked?.role !== 'assistant' || !asked.text.includes(WHICH_ONE) || wanted?.role !== 'user') return undefined;
  const options = tasksIn(asked.text, agenda);
  const place = ORDINALS.findIndex((pattern) => pattern.test(message));
  const byName = named(message, options);
  const chosen = byName.length === 1 ? byName[0] : /\blast\b/i.test(message) ? options.at(-1) : place < 0 ? undefined : options[place];
  return message.split(/\s+/).length > 8 && chosen === undefined ? undefined : { wanted: wanted.text, task: chosen };
}
