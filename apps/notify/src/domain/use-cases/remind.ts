import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock, uuidv7 } from '@selfos/kernel';
import { Inbox } from '../notifications/inbox.js';
import { reminderNotification, type Notification } from '../notifications/notification.js';
import { Bookings } from '../reminders/bookings.js';
import type { FollowedTask } from '../reminders/followed-task.js';
import { FollowedTaskRepository } from '../reminders/followed-task.repository.js';
import { reminderKey, type DueReminder } from '../reminders/reminder.js';

/** It is time: tells the person once and books the next occurrence. Runs in the transaction that ends the reminder's job. */
@Injectable()
export class Remind {
  constructor(
    private readonly tasks: FollowedTaskRepository,
    private readonly inbox: Inbox,
    private readonly bookings: Bookings,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  /** Returns the notification, or undefined when there was nothing left to be reminded of. */
  async execute(userId: string, due: DueReminder): Promise<Notification | undefined> {
    const task = await this.tasks.findLocked(userId, due.taskId);
    if (task === undefined || task.status !== 'open') return undefined;
    const done = await this.tasks.doneDates(userId, due.taskId, due.localDate);
    const told = done.has(due.localDate) ? undefined : await this.tell(task, due);
    await this.bookings.rebook(without(task, due), due.dueAt);
    return told;
  }

  /** The reminder could not be given: the ones after it still come. Runs in the transaction that fails the job. */
  async passOver(userId: string, due: DueReminder): Promise<void> {
    const task = await this.tasks.findLocked(userId, due.taskId);
    if (task !== undefined) await this.bookings.rebook(without(task, due), due.dueAt);
  }

  private async tell(task: FollowedTask, due: DueReminder): Promise<Notification | undefined> {
    const { taskId, localDate, dueAt } = due;
    const now = this.clock.now();
    const about = { id: uuidv7(now.getTime()), userId: task.userId, createdAt: now };
    const notification = reminderNotification(about, { subject: `reminder/${reminderKey(taskId, localDate)}`, title: task.title, taskId, localDate, dueAt });
    if (!(await this.inbox.deliver(notification))) return undefined;
    await this.publisher.publish(events.reminderDue, {
      aggregateId: taskId,
      userId: task.userId,
      data: { notification_id: notification.id, task_id: taskId, local_date: localDate, due_at: dueAt.toISOString() },
    });
    return notification;
  }
}

/** The job that does this ends by itself: it is not to be cancelled instead. */
function without(task: FollowedTask, { localDate }: DueReminder): FollowedTask {
  return task.bookedFor === localDate ? { ...task, bookedFor: null } : task;
}
