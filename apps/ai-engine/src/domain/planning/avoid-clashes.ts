import { addDays, localDates } from '@selfos/recurrence';
import { todayOf } from '../time/resolve-schedule.js';
import { DAYS_AHEAD, NO_AGENDA } from './agenda/agenda.js';
import type { PlannedTask, PlanRequest } from './plan.js';

/** A task, and whether the person named its time themselves. */
export interface Placed {
  readonly task: PlannedTask;
  readonly isNamed: boolean;
}

export interface Unclashed {
  readonly tasks: readonly PlannedTask[];
  /** What was moved, or left beside something else, in words. */
  readonly notes: readonly string[];
}

/** What takes up time on some of the coming days; minutes of the day. */
interface Taken {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly dates: ReadonlySet<string>;
}

const STEP = 5;
/** How far a time that nobody named may be moved, in minutes: later it would be another part of the day. */
const FARTHEST = 120;
const LAST_MINUTE = 24 * 60 - 1;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const said = (title: string): string => `“${title.replace(/\s+/g, ' ').trim()}”`;

/**
 * Keeps what is new from falling on what is planned already, as far as the agenda is known. A time that SelfOS chose moves behind what is
 * there, by two hours at most; one that the person named stays, and they are told. What is new together is kept apart without a word.
 */
export function avoidClashes(placed: readonly Placed[], request: PlanRequest): Unclashed {
  const today = todayOf(request).toString();
  const before = takenBy(request);
  const taken = [...before];
  const notes: string[] = [];
  const tasks = placed.map(({ task, isNamed }) => {
    const wanted = spanOf(task, today);
    const first = clashOf(wanted, taken);
    const free = first === undefined || isNamed ? undefined : freeAfter(wanted, taken);
    const settled = free === undefined ? task : { ...task, schedule: { ...task.schedule, time: timeOf(free.from) } };
    if (first !== undefined && (free === undefined || before.includes(first))) notes.push(free === undefined ? `At ${task.schedule.time} there is ${said(first.title)} as well; say if one of them should move.` : `I put it after ${said(first.title)}.`);
    taken.push(free ?? wanted);
    return settled;
  });
  return { tasks, notes: [...new Set(notes)] };
}

function takenBy({ agenda = NO_AGENDA }: PlanRequest): Taken[] {
  return agenda.tasks.flatMap(({ title, time, minutes, due }) => (time === undefined ? [] : [{ title, from: minutesOf(time), to: minutesOf(time) + minutes, dates: new Set(due) }]));
}

function spanOf({ title, schedule: { date, rrule, time }, durationMinutes }: PlannedTask, today: string): Taken {
  const dates = localDates({ startDate: date, rrule }, today, addDays(today, DAYS_AHEAD - 1));
  return { title, from: minutesOf(time), to: minutesOf(time) + durationMinutes, dates: new Set(dates) };
}

function clashOf(wanted: Taken, taken: readonly Taken[]): Taken | undefined {
  return taken.find(({ from, to, dates }) => from < wanted.to && wanted.from < to && [...wanted.dates].some((date) => dates.has(date)));
}

/** The first free time behind what is in the way; undefined when there is none soon enough. */
function freeAfter(wanted: Taken, taken: readonly Taken[]): Taken | undefined {
  const length = wanted.to - wanted.from;
  let moved = wanted;
  for (let clash = clashOf(moved, taken); clash !== undefined; clash = clashOf(moved, taken)) {
    const from = Math.ceil(clash.to / STEP) * STEP;
    moved = { ...wanted, from, to: from + length };
    if (from > wanted.from + FARTHEST || moved.to > LAST_MINUTE) return undefined;
  }
  return moved;
}
