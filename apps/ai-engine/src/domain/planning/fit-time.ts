import { localDates } from '@selfos/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { PlannedTask } from './plan.js';

export interface Fitted {
  readonly tasks: readonly PlannedTask[];
  /** Titles of what was shortened or left out, for the answer. */
  readonly shortened: readonly string[];
  readonly leftOut: readonly string[];
}

const WINDOW_DAYS = 28;
const SHORTEST = 5;

/** The days of the next four weeks after its first day on which a task comes due. */
function daysOf(task: PlannedTask): string[] {
  const { date, rrule } = task.schedule;
  const last = Temporal.PlainDate.from(date).add({ days: WINDOW_DAYS }).toString();
  return localDates({ startDate: date, rrule }, date, last);
}

/**
 * Keeps the minutes planned for any one day within `available`: shortens a task to what is left of its fullest day, and leaves it
 * out when less than five minutes are left. Earlier tasks come first.
 */
export function fitTime(tasks: readonly PlannedTask[], available: number | undefined): Fitted {
  if (available === undefined) return { tasks, shortened: [], leftOut: [] };
  const load = new Map<string, number>();
  const shortened: string[] = [];
  const leftOut: string[] = [];
  const fitted = evenly(tasks, available).flatMap((task) => {
    const days = daysOf(task);
    const left = available - Math.max(0, ...days.map((day) => load.get(weekdayKey(day)) ?? 0));
    if (left < Math.min(SHORTEST, available)) return leftOut.push(task.title) > 0 ? [] : [];
    const durationMinutes = Math.min(task.durationMinutes, left);
    if (durationMinutes < wanted(task, tasks)) shortened.push(task.title);
    for (const key of new Set(days.map(weekdayKey))) load.set(key, (load.get(key) ?? 0) + durationMinutes);
    return [{ ...task, durationMinutes }];
  });
  return { tasks: fitted, shortened, leftOut };
}

/** When a day is too full, everything gives way in proportion, so that nothing is squeezed out by what came first. */
function evenly(tasks: readonly PlannedTask[], available: number): PlannedTask[] {
  const load = new Map<string, number>();
  for (const task of tasks) for (const key of new Set(daysOf(task).map(weekdayKey))) load.set(key, (load.get(key) ?? 0) + task.durationMinutes);
  const share = Math.min(1, available / Math.max(1, ...load.values()));
  return tasks.map((task) => (share === 1 ? task : { ...task, durationMinutes: Math.max(Math.min(SHORTEST, task.durationMinutes), Math.floor(task.durationMinutes * share)) }));
}

/** The minutes a task had before it was fitted. */
function wanted(task: PlannedTask, tasks: readonly PlannedTask[]): number {
  return tasks.find(({ title, schedule }) => title === task.title && schedule.time === task.schedule.time && schedule.date === task.schedule.date)?.durationMinutes ?? task.durationMinutes;
}

/** Days are counted by weekday: a rule that skips weeks takes its place in each of them, so no later week is too full. */
function weekdayKey(day: string): string {
  return String(Temporal.PlainDate.from(day).dayOfWeek);
}
