import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import type { Notification } from './notification.js';
import { NotificationRepository } from './notification.repository.js';

/** Puts a notification into the inbox once per subject, and tells that it got there. Call inside a transaction. */
export class Inbox {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly publisher: EventPublisher,
  ) {}

  /** False when this person has been told of this subject before. */
  async deliver(notification: Notification): Promise<boolean> {
    if (!(await this.notifications.add(notification))) return false;
    await this.publisher.publish(events.notificationDelivered, {
      aggregateId: notification.id,
      userId: notification.userId,
      data: { notification_id: notification.id, channel: 'in_app' },
    });
    return true;
  }
}
