import { Temporal } from 'temporal-polyfill';
import { partOfDay } from '../time/clock-time.js';
import { readDay } from '../time/day.js';
import { dueDay, resolveSchedule, todayOf } from '../time/resolve-schedule.js';
import { type Cite, NO_AGENDA } from './agenda/agenda.js';
import { avoidClashes } from './avoid-clashes.js';
import { resolveChange } from './changes/resolve-changes.js';
import { fitTime } from './fit-time.js';
import type { Plan, PlannedGoal, PlannedTask, PlanRequest } from './plan.js';
import type { DraftGoal, DraftTask, PlanDraft } from './plan-draft.js';
import { MEDIA } from './practices/media.js';
import { composeReply } from './reply.js';

/** An hour, and not a part of the day. */
const EXACT_TIME = /\d\s*(?:am|pm|a\.m|p\.m|h\b|o['’]?clock)|\d[:.]\d\d|\bat \d|@|\b(?:noon|midday|midnight|half past|quarter)\b|\bfrom \d|\bin (?:about )?\S+ (?:minutes?|mins?|hours?)\b|\bat (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/i;

interface TimedTask {
  readonly task: PlannedTask;
  /** The person named its hour. */
  readonly isNamed: boolean;
  readonly approximation?: string;
}

/**
 * Turns a model's draft into a plan: computes every date, keeps each day within the available time, fills titles, drops ids of
 * memories and media that were never given. Whatever the model says, the plan is within bounds.
 */
export function resolvePlan(draft: PlanDraft, request: PlanRequest): Plan {
  const timed = draft.tasks.flatMap((task) => resolveTask(task, request));
  const goals = draft.goals.map((goal) => resolveGoal(goal, request));
  const fitted = fitTime(timed.map(({ task }) => task), request.context.availableTime);
  const served = goals.flatMap((_, index) => (fitted.tasks.some((task) => task.goal === index) ? [index] : []));
  const named = new Set(timed.flatMap(({ task, isNamed }) => (isNamed ? [placeOf(task)] : [])));
  const { tasks: placed, notes } = avoidClashes(fitted.tasks.map((task) => ({ task: { ...task, title: fillTitle(task.title, task) }, isNamed: named.has(placeOf(task)) })), request);
  const tasks = placed.map((task) => finished(task, served));
  const changed = draft.changes.map((change) => resolveChange(change, request));
  const known = request.memories.map(({ id }) => id);
  const approximations = timed.flatMap(({ approximation }) => (approximation === undefined ? [] : [`I took it as ${approximation}.`]));
  const plan: Plan = {
    reply: draft.reply,
    tasks,
    goals: served.flatMap((index) => goals[index] ?? []),
    media: [...new Set(draft.media)].flatMap((id) => MEDIA[id] ?? []).slice(0, 3),
    usedMemories: draft.used_memories.filter((id) => known.includes(id)),
    assumptions: [...draft.assumptions, ...approximations, ...notes, ...changed.flatMap(({ assumption }) => assumption ?? [])],
    changes: changed.flatMap(({ change }) => change ?? []),
    cites: citesOf(draft.cites, request),
  };
  return { ...plan, reply: composeReply(plan, { fitted, changed }, request) };
}

/** The records among the ids that were given; others are dropped. */
function citesOf(ids: readonly string[], { agenda = NO_AGENDA }: PlanRequest): Cite[] {
  return [...new Set(ids)].flatMap((id): Cite[] => {
    if (agenda.tasks.some((task) => task.id === id)) return [{ kind: 'task', id }];
    return agenda.goals.some((goal) => goal.id === id) ? [{ kind: 'goal', id }] : [];
  });
}

/** Counts goals anew when one was dropped because none of its tasks found room. */
function finished(task: PlannedTask, served: readonly number[]): PlannedTask {
  const { goal, ...others } = task;
  const index = goal === undefined ? -1 : served.indexOf(goal);
  return { ...others, ...(index < 0 ? {} : { goal: index }) };
}

function resolveTask(draft: DraftTask, request: PlanRequest): TimedTask[] {
  const { schedule, perDay, also, minutes, approximation } = resolveSchedule(draft.when, draft.usual ?? {}, request);
  const task: PlannedTask = {
    title: draft.title,
    ...(draft.description === undefined ? {} : { description: draft.description }),
    lifeAreas: [draft.life_area],
    priority: draft.priority,
    energyRequired: draft.energy_required,
    durationMinutes: minutes ?? draft.duration_minutes,
    schedule,
    firstStep: draft.first_step,
    ...(draft.goal === undefined ? {} : { goal: draft.goal }),
  };
  const said = { isNamed: EXACT_TIME.test([draft.when.at, draft.when.repeat, draft.when.day].join(' ')), ...(approximation === undefined ? {} : { approximation }) };
  if (perDay === 1 && also === undefined) return [{ task, ...said }];
  const all = also === undefined ? times(perDay, draft.when.at === undefined ? undefined : schedule.time) : [schedule.time, also];
  return all.map((time) => ({ task: { ...task, schedule: resolveSchedule({ ...draft.when, at: `at ${time}` }, draft.usual ?? {}, request).schedule }, ...said }));
}

const placeOf = ({ title, schedule: { date, time } }: PlannedTask): string => `${date} ${time} ${title}`;

/** "Twice a day": morning and evening; more often: spread over the day. */
function times(perDay: number, named: string | undefined): string[] {
  const [first, last] = perDay === 2 ? [8, 20] : [7, 21];
  const spread = Array.from({ length: perDay }, (_, index) => `${String(Math.round(first + ((last - first) * index) / (perDay - 1))).padStart(2, '0')}:00`);
  return named === undefined ? spread : [named, ...spread.filter((time) => time > named).slice(1 - perDay)];
}

function resolveGoal(draft: DraftGoal, request: PlanRequest): PlannedGoal {
  const today = todayOf(request);
  const target = targetOf(draft.target, today);
  const step = readDay(draft.milestone_in, today)?.end ?? today.add({ weeks: 4 });
  const milestone = Temporal.PlainDate.compare(step, target) > 0 ? target : step;
  return {
    title: draft.title,
    vision: draft.vision,
    lifeAreas: [draft.life_area],
    targetDate: target.toString(),
    milestones: [{ title: draft.milestone, targetDate: milestone.toString() }],
    successMetrics: [draft.metric],
  };
}

/** The end of what the phrase names; twelve weeks from now when it names no day after today. */
function targetOf(phrase: string, today: Temporal.PlainDate): Temporal.PlainDate {
  const due = /^(?:by|before|until|till)\b/i.test(phrase) ? dueDay(phrase, today) : readDay(phrase, today)?.end;
  return due !== undefined && Temporal.PlainDate.compare(due, today) > 0 ? due : today.add({ weeks: 12 });
}

function fillTitle(title: string, { durationMinutes, schedule }: PlannedTask): string {
  const filled = title.replaceAll('{n}', String(durationMinutes)).replaceAll('{Part}', partOfDay(schedule.time)).replace(/\{\w+\}/g, '');
  return filled.replace(/\s+/g, ' ').trim();
}
