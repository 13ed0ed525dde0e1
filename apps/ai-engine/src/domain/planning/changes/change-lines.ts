import type { Temporal } from 'temporal-polyfill';
import { dayWords, list, repeatWords } from '../phrases.js';
import type { GoalSet, TaskSet } from './change.js';
import type { ResolvedChange } from './resolve-changes.js';

/** One line for each change, or why there is none: every date and number of it is computed. */
export function changeLine({ change, task, goal, refused }: ResolvedChange, today: Temporal.PlainDate): string[] {
  if (change === undefined) return refused === undefined ? [] : [refused];
  const title = (task ?? goal)?.title.replace(/\s+/g, ' ').trim() ?? '';
  switch (change.op) {
    case 'complete_task': return [`• Done: ${title}, ${change.localDate === today.toString() ? 'today' : dayWords(change.localDate, today)}.`];
    case 'cancel_task': return [`• Cancelled: ${title}.`];
    case 'update_task': return [`• Changed: ${title}: ${taskWords(change.set, today)}.`];
    case 'achieve_goal': return [`• Goal reached: ${title}.`];
    case 'cancel_goal': return [`• Goal dropped: ${title}.`];
    case 'update_goal': return [`• Goal changed: ${title}: ${goalWords(change.set, today)}.`];
    case 'remember': return [`• I will remember: “${change.text}”.`];
    case 'forget': return [];
  }
}

function taskWords({ title, minutes, priority, rrule, date, time, due }: TaskSet, today: Temporal.PlainDate): string {
  return list([
    ...(title === undefined ? [] : [`now called “${title}”`]),
    ...(rrule == null ? [] : [repeatWords(rrule)]),
    ...(date === undefined ? [] : [`${rrule == null ? '' : 'from '}${dayWords(date, today)}`]),
    ...(time === undefined ? [] : [`at ${time}`]),
    ...(minutes === undefined ? [] : [`${minutes} minutes`]),
    ...(due === undefined || due === date ? [] : [`due ${dayWords(due, today)}`]),
    ...(priority === undefined ? [] : [`priority ${priority}`]),
  ]);
}

function goalWords({ title, targetDate, progress }: GoalSet, today: Temporal.PlainDate): string {
  return list([
    ...(title === undefined ? [] : [`now called “${title}”`]),
    ...(targetDate === undefined ? [] : [`by ${dayWords(targetDate, today)}`]),
    ...(progress === undefined ? [] : [`${Math.round(progress * 100)} % done`]),
  ]);
}
