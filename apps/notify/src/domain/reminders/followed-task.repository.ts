import type { FollowedTask } from './followed-task.js';

/** The tasks whose reminders are booked, and which of their occurrences are already done. */
export abstract class FollowedTaskRepository {
  /** Keeps everyone else away from this task's reminders until the transaction ends, and returns it if it is known. */
  abstract findLocked(userId: string, taskId: string): Promise<FollowedTask | undefined>;

  abstract save(task: FollowedTask): Promise<void>;

  /** Notes whether an occurrence is done, if `seq` is newer than what is known; says whether it was. */
  abstract saveOccurrence(userId: string, occurrence: { readonly taskId: string; readonly localDate: string; readonly seq: number; readonly done: boolean }): Promise<boolean>;

  /** The local dates from `from` on whose occurrence is done. */
  abstract doneDates(userId: string, taskId: string, from: string): Promise<ReadonlySet<string>>;
}
