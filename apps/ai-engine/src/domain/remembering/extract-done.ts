import { Temporal } from 'temporal-polyfill';
import { MONTH_NAMES } from '../time/words.js';
import type { MemoryType } from './said-memory.js';

/** Something done, as an event tells it. Dates are local. */
export type Done =
  | { readonly kind: 'occurrence'; readonly title: string; readonly date: string; /** Days on which this task was done so far. */ readonly count: number }
  | { readonly kind: 'goal_achieved'; readonly title: string };

export interface DoneMemory {
  readonly type: MemoryType;
  readonly text: string;
}

/** The completions of a task that are worth keeping; all others are in the story, not in memory. */
const ROUTINE_COUNTS = [3, 10, 30, 100, 365];

export function isMilestone(count: number): boolean {
  return count === 1 || ROUTINE_COUNTS.includes(count);
}

/** "5 March 2026" */
function dateWords(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return `${day.day} ${MONTH_NAMES[day.month - 1] ?? ''} ${day.year}`;
}

/** The memory of something done: made of the event's own title, date and count, and of nothing else. */
export function extractDone(done: Done): DoneMemory | undefined {
  if (done.kind === 'goal_achieved') return { type: 'achievement', text: `Goal reached: ${done.title}` };
  const date = dateWords(done.date);
  if (done.count === 1) return { type: 'achievement', text: `Done on ${date}: ${done.title}` };
  return ROUTINE_COUNTS.includes(done.count) ? { type: 'routine', text: `Done ${done.count} times by ${date}: ${done.title}` } : undefined;
}
