import { Injectable } from '@nestjs/common';
import { Clock } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { NotificationNotFound } from '../notifications/notification.errors.js';
import type { Notification } from '../notifications/notification.js';
import { NotificationRepository } from '../notifications/notification.repository.js';

/** Marks a notification as read; again changes nothing. */
@Injectable()
export class ReadNotification {
  constructor(
    private readonly transaction: Transaction,
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, id: string): Promise<Notification> {
    const read = await this.transaction.run(() => this.notifications.markRead(userId, id, this.clock.now()));
    if (read === undefined) throw new NotificationNotFound();
    return read;
  }
}
