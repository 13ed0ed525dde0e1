import type { SealedCopyJson } from '@selfos/contracts';
import type { TaskTiming } from '../src/domain/reminders/followed-task.js';
import type { TaskNews } from '../src/domain/use-cases/follow-task.js';

export const ADA = '018f0000-0000-7000-8000-00000000000a';
export const BOB = '018f0000-0000-7000-8000-00000000000b';
export const TASK = '018f0000-0000-7000-8000-0000000000a1';

/** Shaped like an envelope; nothing here opens it. */
export const TITLE: SealedCopyJson = {
  oid: TASK,
  ctx: 'tasks.task.title',
  envelope: { v: 1, s: 1, uid: ADA, oid: TASK, ctx: 'tasks.task.title', rev: '1:0:a', wid: 'edge:1', r: [{ t: 'd', k: 'tasks:1', w: 'AA' }], m: 'AA', n: 'AA', c: 'AA' },
};

export const DAILY_AT_SEVEN: TaskTiming = { startDate: '2026-11-23', rrule: 'FREQ=DAILY', wallTime: '07:00', timezone: 'Europe/Paris', dueDate: null };

/** Daily at seven in Paris, open, told on Sunday evening. */
export function taskNews(more: Partial<TaskNews> = {}): TaskNews {
  return { userId: ADA, taskId: TASK, seq: 1, at: new Date('2026-11-22T20:00:00Z'), open: true, title: TITLE, timing: DAILY_AT_SEVEN, ...more };
}
