import { parseRule } from '@selfos/recurrence';
import { Temporal } from 'temporal-polyfill';
import { DAY_NAMES, MONTH_NAMES, WEEKDAYS } from '../time/words.js';
import { todayOf } from '../time/resolve-schedule.js';
import type { Fitted } from './fit-time.js';
import type { Plan, PlannedGoal, PlannedTask, PlanRequest } from './plan.js';

/** "today", "tomorrow" or "Friday 6 March": always the weekday that the date has. */
export function dayWords(date: string, today: Temporal.PlainDate): string {
  const day = Temporal.PlainDate.from(date);
  const away = day.since(today).days;
  if (away === 0) return 'today';
  if (away === 1) return 'tomorrow';
  const year = day.year === today.year ? '' : ` ${day.year}`;
  return `${DAY_NAMES[day.dayOfWeek - 1] ?? ''} ${day.day} ${MONTH_NAMES[day.month - 1] ?? ''}${year}`;
}

function monthlyWords({ interval, byMonthDay }: ReturnType<typeof parseRule>): string {
  if (interval > 1) return interval === 12 ? 'every year' : `every ${interval} months`;
  return byMonthDay.length === 0 ? 'every month' : `every month on day ${byMonthDay.join(' and ').replace('-1', 'the last')}`;
}

/** A rule as one says it: "every day", "on Monday, Wednesday and Friday", "every other Tuesday". */
export function repeatWords(rrule: string): string {
  const rule = parseRule(rrule);
  const days = list(rule.byDay.map((code) => DAY_NAMES[WEEKDAYS.indexOf(code)] ?? ''));
  if (rule.freq === 'MONTHLY') return monthlyWords(rule);
  if (rule.freq === 'DAILY') return rule.interval === 1 ? 'every day' : rule.interval === 2 ? 'every other day' : `every ${rule.interval} days`;
  if (rule.interval === 2 && days !== '') return `every other ${days}`;
  const pace = rule.interval === 1 ? 'every week' : `every ${rule.interval} weeks`;
  if (days === '') return pace;
  if (rule.interval > 1) return `${pace} on ${days}`;
  return days === 'Monday, Tuesday, Wednesday, Thursday and Friday' ? 'on weekdays' : rule.byDay.length === 1 ? `every ${days}` : `on ${days}`;
}

export function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

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

/** The whole answer: the model's words, then what code knows to be so. Every date, weekday and number of the second part is computed. */
export function composeReply(plan: Plan, fitted: Fitted, request: PlanRequest): string {
  const today = todayOf(request);
  if (plan.tasks.length === 0 && plan.goals.length === 0) return plan.reply;
  return [
    plan.reply,
    ...plan.tasks.map((task) => taskLine(task, today)),
    ...plan.goals.map((goal) => goalLine(goal, today)),
    [...limits(fitted, request.context.availableTime), ...plan.assumptions].join(' '),
  ].filter((line) => line !== '').join('\n');
}
