import type { ScheduledOccurrence } from '@selfos/recurrence';
import type { JsonObject } from '@selfos/work';

export const REMINDER_KIND = 'notify.remind';

/** How a reminder reaches the person and how long before the occurrence, minutes. */
export interface ReminderWay {
  readonly channel: 'in_app';
  readonly offsetMinutes: number;
}

/** In the inbox, at the time itself. */
export const IN_APP_ON_TIME: ReminderWay = { channel: 'in_app', offsetMinutes: 0 };

/** What makes a reminder one: occurrence (task and local date), channel and offset. */
export function reminderKey(taskId: string, localDate: string, way: ReminderWay = IN_APP_ON_TIME): string {
  return `${taskId}/${localDate}/${way.channel}/${String(way.offsetMinutes)}`;
}

/** The key of a reminder's job: of two people's tasks with one id, each has its own. */
export function reminderJobKey(userId: string, taskId: string, localDate: string): string {
  return `${userId}/${reminderKey(taskId, localDate)}`;
}

/** What a reminder's job carries. */
export interface DueReminder {
  readonly taskId: string;
  readonly localDate: string;
  readonly dueAt: Date;
}

export function reminderPayload(taskId: string, occurrence: ScheduledOccurrence): JsonObject {
  return { task_id: taskId, local_date: occurrence.localDate, due_at: occurrence.at.toISOString() };
}

export function reminderAt(occurrence: ScheduledOccurrence, way: ReminderWay = IN_APP_ON_TIME): Date {
  return new Date(occurrence.at.getTime() - way.offsetMinutes * 60_000);
}
