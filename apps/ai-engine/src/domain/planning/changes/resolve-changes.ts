import { firstDate, formatRule, parseRule, WEEKDAYS, type Weekday } from '@selfos/recurrence';
import { Temporal } from 'temporal-polyfill';
import { partOfDay, readClockTime, readDelay } from '../../time/clock-time.js';
import { readDay } from '../../time/day.js';
import { readRepeat } from '../../time/repeat.js';
import { dueDay, localNow, todayOf } from '../../time/resolve-schedule.js';
import { DAY_NAMES, readDays } from '../../time/words.js';
import { pastPeriod } from '../agenda/agenda-question.js';
import { type AgendaGoal, type AgendaTask, NO_AGENDA } from '../agenda/agenda.js';
import type { PlanRequest } from '../plan.js';
import type { DraftChange } from '../plan-draft.js';
import type { GoalSet, PlannedChange, TaskSet } from './change.js';

/** A change with its dates, or why there is none, in words for the person. */
export interface ResolvedChange {
  readonly change?: PlannedChange;
  readonly task?: AgendaTask;
  readonly goal?: AgendaGoal;
  readonly refused?: string;
  readonly assumption?: string;
}

const UNKNOWN = 'Something was proposed for a task or goal that does not exist; I left it out.';

/** Computes what a drafted change means, and refuses it when it names a record that was not given. Whoever drafted it, no date in it is theirs. */
export function resolveChange(draft: DraftChange, request: PlanRequest): ResolvedChange {
  if (draft.op === 'remember') return remembered(draft, request);
  if (draft.op === 'forget') return request.memories.some(({ id }) => id === draft.id) ? { change: { op: 'forget', memoryId: draft.id ?? '' } } : { refused: UNKNOWN };
  const { tasks, goals } = request.agenda ?? NO_AGENDA;
  const task = tasks.find(({ id }) => id === draft.id);
  if (task !== undefined && isOfTask(draft.op)) return ofTask(task, draft, request);
  const goal = goals.find(({ id }) => id === draft.id);
  return goal === undefined || isOfTask(draft.op) ? { refused: UNKNOWN } : ofGoal(goal, draft, request);
}

const isOfTask = (op: DraftChange['op']): boolean => op.endsWith('_task');

function ofTask(task: AgendaTask, draft: DraftChange, request: PlanRequest): ResolvedChange {
  if (draft.op === 'cancel_task') return { change: { op: 'cancel_task', taskId: task.id }, task };
  return draft.op === 'complete_task' ? completed(task, draft, request) : updated(task, draft, request);
}

function ofGoal(goal: AgendaGoal, draft: DraftChange, request: PlanRequest): ResolvedChange {
  if (draft.op === 'cancel_goal') return { change: { op: 'cancel_goal', goalId: goal.id }, goal };
  return draft.op === 'achieve_goal' ? { change: { op: 'achieve_goal', goalId: goal.id }, goal } : updatedGoal(goal, draft, request);
}

/** Only words of the message itself are remembered: nothing that was retrieved, answered or made up. */
function remembered({ text, type }: DraftChange, { message }: PlanRequest): ResolvedChange {
  if (text === undefined || !message.includes(text)) return { refused: 'I keep only what you said yourself.' };
  return { change: { op: 'remember', type: type ?? 'preference', text } };
}

function completed(task: AgendaTask, { day }: DraftChange, request: PlanRequest): ResolvedChange {
  const today = todayOf(request);
  const localDate = day === undefined ? today.toString() : pastPeriod(day, today).to;
  if (task.done.includes(localDate)) return { task, refused: `“${task.title}” is already ticked off for that day.` };
  return { change: { op: 'complete_task', taskId: task.id, localDate }, task };
}

function updated(task: AgendaTask, draft: DraftChange, request: PlanRequest): ResolvedChange {
  const rhythm = rhythmOf(task, draft);
  if (rhythm === 'none') return { task, refused: `Without those days nothing of “${task.title}” would be left, so I changed nothing.` };
  const moved = movedTo(task, draft, request);
  const set: TaskSet = {
    ...titleFor(task, draft, moved.set.time), ...(draft.duration_minutes === undefined ? {} : { minutes: draft.duration_minutes }), ...(draft.priority === undefined ? {} : { priority: draft.priority }),
    ...(rhythm === undefined ? {} : { rrule: rhythm }), ...moved.set, ...(rhythm === undefined || moved.set.date !== undefined ? {} : startOf(rhythm, request)),
  };
  if (Object.keys(set).length === 0) return { task, refused: `I did not find what to change of “${task.title}”.` };
  return { change: { op: 'update_task', taskId: task.id, set }, task, ...(moved.assumption === undefined ? {} : { assumption: moved.assumption }) };
}

/** A title that holds the old length or begins with the old part of the day gets the new one. */
function titleFor(task: AgendaTask, draft: DraftChange, time: string | undefined): Pick<TaskSet, 'title'> {
  if (draft.title !== undefined) return { title: draft.title };
  const sized = draft.duration_minutes === undefined ? task.title : task.title.replace(new RegExp(`\\b${task.minutes}(?=[\\s-]*min)`), String(draft.duration_minutes));
  const part = task.time === undefined ? '' : `${partOfDay(task.time)} `;
  const title = time === undefined || part === '' || !sized.startsWith(part) ? sized : `${partOfDay(time)} ${sized.slice(part.length)}`;
  return title === task.title ? {} : { title };
}

function rhythmOf(task: AgendaTask, { when, except }: DraftChange): string | 'none' | undefined {
  const repeat = readRepeat(when?.repeat ?? '')?.rrule;
  const rule = repeat ?? task.rrule;
  if (except === undefined) return repeat;
  if (rule === undefined) return 'none';
  const parsed = parseRule(rule);
  const out: readonly Weekday[] = /weekends?/i.test(except) ? ['SA', 'SU'] : /weekdays/i.test(except) ? ['MO', 'TU', 'WE', 'TH', 'FR'] : readDays(except);
  const days = (parsed.byDay.length > 0 ? parsed.byDay : WEEKDAYS).filter((day) => !out.includes(day));
  return days.length === 0 ? 'none' : formatRule({ ...parsed, freq: 'WEEKLY', interval: parsed.freq === 'WEEKLY' ? parsed.interval : 1, byDay: days });
}

/** A rhythm that skips weeks starts anew; the others go on from where they are. */
function startOf(rrule: string, request: PlanRequest): Pick<TaskSet, 'date'> {
  const date = parseRule(rrule).interval === 1 ? undefined : firstDate({ startDate: todayOf(request).toString(), rrule });
  return date === undefined ? {} : { date };
}

interface Moved {
  readonly set: Pick<TaskSet, 'date' | 'time' | 'due' | 'rrule'>;
  readonly assumption?: string;
}

function movedTo(task: AgendaTask, draft: DraftChange, request: PlanRequest): Moved {
  const { at, day, due, repeat } = draft.when ?? {};
  const delay = readDelay(at ?? '');
  if (delay !== undefined && day === undefined) {
    const then = localNow({ ...request, nowMs: request.nowMs + delay * 60_000 });
    return { set: { date: then.toPlainDate().toString(), time: then.toPlainTime().toString({ smallestUnit: 'minute' }) } };
  }
  const time = draft.shift_minutes === undefined ? sameHalf(readClockTime(at ?? repeat ?? day ?? '')?.time, at, task.time) : shiftedTime(task.time, draft.shift_minutes);
  const timed = time === undefined ? {} : { time };
  const named = dayOf(task, { day, due }, request);
  return { set: { ...timed, ...named.set }, ...(named.assumption === undefined ? {} : { assumption: named.assumption }) };
}

/** "At 7", said of something in the evening, is the evening's. */
function sameHalf(time: string | undefined, said: string | undefined, usual: string | undefined): string | undefined {
  const isBare = /^at \d{1,2}(?::\d{2})?$/i.test(said ?? '');
  return isBare && time !== undefined && usual !== undefined && usual >= '17:00' && time < '12:00' ? shiftedTime(time, 12 * 60) : time;
}

function shiftedTime(time: string | undefined, minutes: number): string | undefined {
  if (time === undefined) return undefined;
  const total = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes;
  return total < 0 || total >= 1440 ? undefined : `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

function dayOf(task: AgendaTask, { day, due }: { readonly day: string | undefined; readonly due: string | undefined }, request: PlanRequest): Moved {
  const today = todayOf(request);
  const isEnd = due !== undefined && !/^(?:until|till)\b/i.test(due);
  const last = isEnd ? dueDay(due, today)?.toString() : undefined;
  const phrase = day ?? (isEnd ? undefined : due);
  const start = phrase === undefined ? undefined : readDay(phrase, today)?.start;
  const end = last === undefined ? {} : { due: last };
  if (start === undefined) return { set: { ...end, ...(last === undefined || task.rrule !== undefined ? {} : { date: last }) } };
  if (task.rrule === undefined) return { set: { ...end, date: start.toString() } };
  return { set: { ...end, ...seriesTo(task.rrule, start, phrase ?? '') }, assumption: seriesWords(task.rrule, start, phrase ?? '') };
}

const isWeekday = (phrase: string): boolean => readDays(phrase).length === 1 && /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i.test(phrase);
const isOneDayAWeek = (rrule: string): boolean => parseRule(rrule).freq === 'WEEKLY' && parseRule(rrule).byDay.length === 1;

/** A series of one day a week moves to that weekday; any other starts again on that day. */
function seriesTo(rrule: string, start: Temporal.PlainDate, phrase: string): Pick<TaskSet, 'date' | 'rrule'> {
  if (!isOneDayAWeek(rrule) || !isWeekday(phrase)) return { date: start.toString() };
  return { rrule: formatRule({ ...parseRule(rrule), byDay: WEEKDAYS.slice(start.dayOfWeek - 1, start.dayOfWeek) }), date: start.toString() };
}

function seriesWords(rrule: string, start: Temporal.PlainDate, phrase: string): string {
  const name = DAY_NAMES[start.dayOfWeek - 1] ?? '';
  return isOneDayAWeek(rrule) && isWeekday(phrase) ? `I moved all of them to ${name}.` : `I took it that it starts again on that ${name}; the days before are left out.`;
}

function updatedGoal(goal: AgendaGoal, { title, target, progress }: DraftChange, request: PlanRequest): ResolvedChange {
  const today = todayOf(request);
  const day = target === undefined ? undefined : /^(?:by|before|until|till)\b/i.test(target) ? dueDay(target, today) : readDay(target, today)?.end;
  const ahead = day !== undefined && Temporal.PlainDate.compare(day, today) > 0 ? { targetDate: day.toString() } : {};
  const set: GoalSet = { ...(title === undefined ? {} : { title }), ...ahead, ...(progress === undefined ? {} : { progress }) };
  return Object.keys(set).length === 0 ? { goal, refused: `I did not find what to change of “${goal.title}”.` } : { change: { op: 'update_goal', goalId: goal.id, set }, goal };
}
