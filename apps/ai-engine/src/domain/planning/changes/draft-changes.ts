import type { Agenda } from '../agenda/agenda.js';
import { todayOf } from '../../time/resolve-schedule.js';
import type { PlanRequest } from '../plan.js';
import type { DraftChange } from '../plan-draft.js';
import { findTargets, type Target, WHICH_ONE } from './find-target.js';
import { readCancel } from './read-cancel.js';
import { readDone } from './read-done.js';
import { readGoalWish } from './read-goal-wish.js';
import { readMemoryWish } from './read-memory-wish.js';
import { readUpdate } from './read-update.js';
import { type ChangeDraft, cleanObject, type Wish } from './wish.js';

const LONGEST_READ = 300;
const SHORTEST_MINUTES = 5;
const MOST_OPTIONS = 4;
const POLITE = /^(?:(?:hi|hello|hey|so|well|ok(?:ay)?|please|also|then|and|but|today|selfos|oh|actually|great|thanks?)\b[\s,:!]*)+(?=\S)/i;
/** "I want to cancel my run" is an order with a bow. */
const WANTED = /^(?:(?:i (?:want|need|have|would like)|i['’]d like) to|let['’]?s|(?:can|could|would|will) you(?: please)?) (?=(?:cancel|delete|remove|drop|reschedule|move|push|postpone|change|shift|skip|shorten|rename)\b)/i;
const WIDE = /^(?:cancel|delete|remove|drop|clear|move|push|postpone|reschedule|mark|tick|check|complete)\b.*\b(?:everything|all (?:of )?(?:my |the )?(?:tasks|things|plans|goals)|all of (?:it|them))\b/i;
const ONE_BY_ONE = 'That would change everything you have planned. Name the tasks one by one.';
const SKIP = /^(?:please )?skip (?:(?:my|the|today['’]?s|tomorrow['’]?s) )*(?<what>.{3,80}?)(?: (?:today|tomorrow|this (?:morning|evening|time)|once|on \w+day))?$/i;
const said = (title: string): string => `“${title.replace(/\s+/g, ' ').trim()}”`;
const nothing = (reply: string): ChangeDraft => ({ changes: [], reply, assumptions: [] });

/** Reads a change to what exists out of one part of a message; undefined when it means something else. `chosen` is the answer to a question back. */
export function draftChanges(text: string, request: PlanRequest, chosen?: Target): ChangeDraft | undefined {
  if (request.agenda === undefined || text.length > LONGEST_READ) return undefined;
  const plain = text.replace(POLITE, '').replace(/\s+/g, ' ').trim().replace(WANTED, '').replace(/(?<=^(?:cancel|delete|remove|drop|reschedule|move|push|postpone|change|shift|skip|shorten|rename)\b.*)\?$/i, '');
  if (WIDE.test(plain)) return nothing(ONE_BY_ONE);
  const skipped = skippedIn(plain, request.agenda);
  if (skipped !== undefined) return skipped;
  const wish = wishIn(plain, request);
  if (wish !== undefined) {
    const found = fulfilled(wish, request.agenda, { request, chosen });
    if (found !== undefined) return found;
  }
  return readMemoryWish(plain, request);
}

/** A day that is left out needs nothing: what is not ticked off stays so. */
function skippedIn(plain: string, agenda: Agenda): ChangeDraft | undefined {
  const what = SKIP.exec(plain.replace(/[.!]+$/, ''))?.groups?.['what'];
  const [task] = what === undefined ? [] : findTargets({ op: 'update', words: cleanObject(what), certain: false, least: 0.5, change: {} }, agenda, []).targets.filter(({ kind }) => kind === 'task');
  return task === undefined ? undefined : nothing(`Then leave ${said(task.record.title)} unticked for that day; it comes again as planned.`);
}

function wishIn(plain: string, request: PlanRequest): Wish | undefined {
  const today = todayOf(request);
  if (/\?\s*$/.test(plain) && !/^(?:can|could|shall|should|would|will) (?:you|we|i)\b/i.test(plain)) return undefined;
  return readGoalWish(plain) ?? readCancel(plain, today) ?? readDone(plain, today) ?? readUpdate(plain, today);
}

interface Around {
  readonly request: PlanRequest;
  readonly chosen: Target | undefined;
}

function fulfilled(wish: Wish, agenda: Agenda, around: Around): ChangeDraft | undefined {
  const each = around.chosen === undefined ? severally(wish, agenda, around) : undefined;
  return each ?? fulfilledOne(wish, agenda, around);
}

/** "I did my run and my Spanish": several things, when each part names exactly one. */
function severally(wish: Wish, agenda: Agenda, { request }: Around): ChangeDraft | undefined {
  const parts = wish.words.split(/\s*(?:,\s*(?:and\s+)?|\band\b)\s*/i).filter((part) => part !== '');
  if (parts.length < 2) return undefined;
  const targets = parts.map((words) => findTargets({ ...wish, words: cleanObject(words) }, agenda, request.history ?? []).targets);
  if (targets.some(({ length }) => length !== 1)) return undefined;
  const changes = targets.flatMap(([target]) => (target === undefined ? [] : (changeOf(wish, target) ?? [])));
  return new Set(changes.map(({ id }) => id)).size === parts.length ? { changes, assumptions: [] } : undefined;
}

function fulfilledOne(wish: Wish, agenda: Agenda, { request, chosen }: Around): ChangeDraft | undefined {
  const { targets, sure, among } = chosen === undefined ? findTargets(wish, agenda, request.history ?? []) : { targets: [chosen], sure: true, among: 1 };
  const [first] = targets;
  if (first === undefined) return wish.certain ? nothing(notFound(wish)) : undefined;
  if (wish.op === 'complete' && !wish.certain && !isNear(first, request)) return undefined;
  const isOpen = targets.length > 1 && (wish.op !== 'update' || !sure || wish.words !== '');
  if (isOpen) return nothing(`${WHICH_ONE}: ${options(targets)}?`);
  const change = changeOf(wish, first);
  const taken = among > 1 ? [`I took it that you meant ${said(first.record.title)}; say if it was another one.`] : [];
  return change === undefined ? undefined : { changes: [change], assumptions: [...taken, ...(wish.assumption === undefined ? [] : [wish.assumption])] };
}

const notFound = ({ words }: Wish): string => (words === '' ? 'I do not know which task you mean. Name it as it is called.' : `I find no task called ${said(words)}.`);

/** A thing of the far future is not what somebody did just now. */
function isNear(target: Target, request: PlanRequest): boolean {
  if (target.kind === 'goal') return true;
  const { due, done, rrule } = target.record;
  return rrule !== undefined || done.length > 0 || (due[0] ?? '') <= todayOf(request).add({ days: 13 }).toString();
}

function options(targets: readonly Target[]): string {
  const titles = targets.slice(0, MOST_OPTIONS).map(({ record }) => said(record.title));
  return `${titles.slice(0, -1).join(', ')} or ${titles.at(-1) ?? ''}`;
}

function changeOf(wish: Wish, target: Target): DraftChange | undefined {
  const { id } = target.record;
  if (target.kind === 'goal') return goalChange(wish, id);
  if (wish.op === 'cancel') return { op: 'cancel_task', id };
  if (wish.op === 'complete') return { op: 'complete_task', id, ...wish.change };
  if (wish.relative === undefined) return { op: 'update_task', id, ...wish.change };
  return { op: 'update_task', id, ...wish.change, duration_minutes: resized(target.record.minutes, wish.relative) };
}

function goalChange({ op, change }: Wish, id: string): DraftChange | undefined {
  if (op === 'cancel') return { op: 'cancel_goal', id };
  if (op === 'complete') return { op: 'achieve_goal', id };
  const target = change.when?.due ?? change.when?.day;
  const { title, progress } = change;
  const set = { ...(target === undefined ? {} : { target }), ...(title === undefined ? {} : { title }), ...(progress === undefined ? {} : { progress }) };
  return Object.keys(set).length === 0 ? undefined : { op: 'update_goal', id, ...set };
}

function resized(minutes: number, way: 'shorter' | 'longer'): number {
  const wanted = way === 'shorter' ? minutes / 2 : minutes * 1.5;
  return Math.max(SHORTEST_MINUTES, Math.round(wanted / 5) * 5);
}
