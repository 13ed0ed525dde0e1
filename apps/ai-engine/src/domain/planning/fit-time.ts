import { parseRule, WEEKDAYS, type Weekday } from '@selfos/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { PlannedTask } from './plan.js';

export interface Fitted {
  readonly tasks: readonly PlannedTask[];
  /** Titles of what was shortened or left out, for the answer. */
  readonly shortened: readonly string[];
  readonly leftOut: readonly string[];
}

const SHORTEST = 5;

/** The weekdays a task can fall on: a rule that skips weeks takes its place in each of them, one by the month on every day. */
function weekdaysOf({ schedule }: PlannedTask): readonly Weekday[] {
  if (schedule.rrule === undefined) return WEEKDAYS.slice(Temporal.PlainDate.from(schedule.date).dayOfWeek - 1).slice(0, 1);
  const { byDay } = parseRule(schedule.rrule);
  return byDay.length > 0 ? byDay : WEEKDAYS;
}

/**
 * Keeps the minutes planned for any one day within `available`: shortens a task to what is left of its fullest weekday, and leaves it
 * out when less than five minutes are left. First steps of goals come first, then earlier tasks.
 */
export function fitTime(tasks: readonly PlannedTask[], available: number | undefined): Fitted {
  if (available === undefined) return { tasks, shortened: [], leftOut: [] };
  const load = new Map<Weekday, number>();
  const shortened: string[] = [];
  const leftOut: string[] = [];
  const fitted = smallFirst(evenly(tasks, available)).flatMap(({ task, place }) => {
    const days = weekdaysOf(task);
    const left = available - Math.max(0, ...days.map((day) => load.get(day) ?? 0));
    if (left < Math.min(SHORTEST, available)) return leftOut.push(task.title) > 0 ? [] : [];
    const durationMinutes = Math.min(task.durationMinutes, left);
    if (durationMinutes < wanted(task, tasks)) shortened.push(task.title);
    for (const day of days) load.set(day, (load.get(day) ?? 0) + durationMinutes);
    return [{ place, task: { ...task, durationMinutes } }];
  });
  return { tasks: fitted.sort((a, b) => a.place - b.place).map(({ task }) => task), shortened, leftOut };
}

interface Placed {
  readonly task: PlannedTask;
  readonly place: number;
}

/** The first step of a goal finds room before what follows it. */
function smallFirst(tasks: readonly PlannedTask[]): Placed[] {
  const placed = tasks.map((task, place) => ({ task, place }));
  return [...placed.filter(({ task }) => task.firstStep), ...placed.filter(({ task }) => !task.firstStep)];
}

/** When a day is too full, everything gives way in proportion, so that nothing is squeezed out by what came first. */
function evenly(tasks: readonly PlannedTask[], available: number): PlannedTask[] {
  const load = new Map<Weekday, number>();
  for (const task of tasks) for (const day of weekdaysOf(task)) load.set(day, (load.get(day) ?? 0) + task.durationMinutes);
  const share = Math.min(1, available / Math.max(1, ...load.values()));
  return tasks.map((task) => (share === 1 ? task : { ...task, durationMinutes: Math.max(Math.min(SHORTEST, task.durationMinutes), Math.floor(task.durationMinutes * share)) }));
}

/** The minutes a task had before it was fitted. */
function wanted(task: PlannedTask, tasks: readonly PlannedTask[]): number {
  return tasks.find(({ title, schedule }) => title === task.title && schedule.time === task.schedule.time && schedule.date === task.schedule.date)?.durationMinutes ?? task.durationMinutes;
}
