import { localDateAt } from '@selfos/recurrence';
import { Work, type EnqueueRequest } from '@selfos/work';
import { nextDue, type FollowedTask } from './followed-task.js';
import { FollowedTaskRepository } from './followed-task.repository.js';
import { REMINDER_KIND, reminderAt, reminderJobKey, reminderPayload } from './reminder.js';

/** A year of dates that are done or told already is skipped at once; more is a schedule gone wrong. */
const FARTHEST = 400;

/**
 * Sees to it that exactly the next reminder of a task waits in the table of work: the job of one occurrence books the next, so a
 * task without an end needs one row at a time. Call inside the transaction that changed the task, with the task locked.
 */
export class Bookings {
  constructor(
    private readonly tasks: FollowedTaskRepository,
    private readonly work: Work,
  ) {}

  /** Books the first occurrence after `after` that is neither done nor told, and cancels what was booked instead. */
  async rebook(task: FollowedTask, after: Date): Promise<void> {
    const bookedFor = task.status === 'open' ? await this.bookNext(task, after) : null;
    if (task.bookedFor !== null && task.bookedFor !== bookedFor) await this.work.cancel(REMINDER_KIND, reminderJobKey(task.userId, task.taskId, task.bookedFor));
    await this.tasks.save({ ...task, bookedFor });
  }

  private async bookNext(task: FollowedTask, after: Date): Promise<string | null> {
    const done = await this.tasks.doneDates(task.userId, task.taskId, localDateAt(after, task.timing.timezone));
    let from = after;
    for (let tried = 0; tried < FARTHEST; tried += 1) {
      const next = nextDue(task.timing, from);
      if (next === undefined) return null;
      const request = { kind: REMINDER_KIND, key: reminderJobKey(task.userId, task.taskId, next.localDate), userId: task.userId, runAt: reminderAt(next), payload: reminderPayload(task.taskId, next) };
      if (!done.has(next.localDate) && (await this.book(request))) return next.localDate;
      from = next.at;
    }
    return null;
  }

  /** A job that a runner has in hand, or had when it died, is taken from it and booked anew; one that is over stays as it is. */
  private async book(request: EnqueueRequest): Promise<boolean> {
    if ((await this.work.enqueue(request)) !== 'kept') return true;
    return (await this.work.cancel(request.kind, request.key)) && (await this.work.enqueue(request)) !== 'kept';
  }
}
