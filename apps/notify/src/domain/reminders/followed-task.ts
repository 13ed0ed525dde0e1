import type { SealedCopyJson } from '@selfos/contracts';
import { localDateAt, nextOccurrence, type ScheduledOccurrence } from '@selfos/recurrence';

/** When a task comes due, as its owner service tells it: wall time in a zone, or one instant. */
export interface TaskTiming {
  readonly startDate: string;
  readonly rrule: string | null;
  readonly wallTime: string | null;
  readonly timezone: string;
  readonly dueDate: Date | null;
}

/** A task as far as its reminders go. A deleted one stays as a tombstone, so that a late event does not bring it back. */
export interface FollowedTask {
  readonly taskId: string;
  readonly userId: string;
  /** Of the newest event that was heeded. */
  readonly seq: number;
  readonly status: 'open' | 'closed' | 'deleted';
  readonly title: SealedCopyJson | null;
  readonly timing: TaskTiming;
  /** The local date whose reminder waits in the table of work. */
  readonly bookedFor: string | null;
}

/** The first time after `after` at which this task comes due; none for a task without a time of day and a due date. */
export function nextDue(timing: TaskTiming, after: Date): ScheduledOccurrence | undefined {
  const { startDate, rrule, wallTime, timezone, dueDate } = timing;
  if (wallTime !== null) return nextOccurrence({ startDate, rrule: rrule ?? undefined, wallTime, zone: timezone }, after);
  if (dueDate === null || dueDate <= after) return undefined;
  return { localDate: localDateAt(dueDate, timezone), at: dueDate };
}

export function sameTiming(a: TaskTiming, b: TaskTiming): boolean {
  return (
    a.startDate === b.startDate && a.rrule === b.rrule && a.wallTime === b.wallTime && a.timezone === b.timezone && a.dueDate?.getTime() === b.dueDate?.getTime()
  );
}
