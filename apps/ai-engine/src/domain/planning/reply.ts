import type { Temporal } from 'temporal-polyfill';
import { todayOf } from '../time/resolve-schedule.js';
import { changeLine } from './changes/change-lines.js';
import type { ResolvedChange } from './changes/resolve-changes.js';
import type { Fitted } from './fit-time.js';
import { dayWords, repeatWords } from './phrases.js';
import type { Plan, PlannedGoal, PlannedTask, PlanRequest } from './plan.js';

function taskLine(task: PlannedTask, today: Temporal.PlainDate): string {
  const { rrule, date, time, due } = task.schedule;
  const start = dayWords(date, today);
  const when = rrule === undefined ? `${start} at ${time}` : `${repeatWords(rrule)} at ${time}, from ${start}`;
  const end = due === undefined || due === date ? '' : `, due ${dayWords(due, today)}`;
  const length = task.title.includes(String(task.durationMinutes)) ? '' : `, ${task.durationMinutes} minutes`;
  return `• ${task.title}: ${when}${length}${end}.`;
}

function goalLine(goal: PlannedGoal, today: Temporal.PlainDate): string {
  const [metric = ''] = goal.successMetrics;
  const [milestone] = goal.milestones;
  const step = milestone === undefined ? '' : ` First milestone by ${dayWords(milestone.targetDate, today)}: ${lowerFirst(milestone.title)}.`;
  return `Your goal: ${goal.title}, by ${dayWords(goal.targetDate, today)}. You will know by this: ${lowerFirst(metric)}.${step}`;
}

/** Lower case inside a sentence, but not for "CV" or a name in capitals. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function limits({ shortened, leftOut }: Fitted, available: number | undefined): string[] {
  if (available === undefined) return [];
  const out = leftOut.length === 0 ? [] : [`${leftOut.length === 1 ? 'One thing did' : `${leftOut.length} things did`} not fit and ${leftOut.length === 1 ? 'is' : 'are'} left out for now.`];
  return [shortened.length === 0 ? `It stays within your ${available} minutes a day.` : `I shortened it to stay within your ${available} minutes a day.`, ...out];
}

interface Shown {
  readonly fitted: Fitted;
  readonly changed: readonly ResolvedChange[];
}

/** The whole answer: the model's words, then what code knows to be so. Every date, weekday and number of the second part is computed. */
export function composeReply(plan: Plan, { fitted, changed }: Shown, request: PlanRequest): string {
  const today = todayOf(request);
  const changes = changed.flatMap((one) => changeLine(one, today));
  if (plan.tasks.length === 0 && plan.goals.length === 0 && changes.length === 0) return plan.reply;
  const bounds = plan.tasks.length === 0 ? [] : limits(fitted, request.context.availableTime);
  return [
    plan.reply,
    ...changes,
    ...plan.tasks.map((task) => taskLine(task, today)),
    ...plan.goals.map((goal) => goalLine(goal, today)),
    [...bounds, ...plan.assumptions].join(' '),
  ].filter((line) => line !== '').join('\n');
}
