import { Injectable } from '@nestjs/common';
import { isUuid, type Page } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { NotificationCursorInvalid } from '../notifications/notification.errors.js';
import type { Notification } from '../notifications/notification.js';
import { NotificationRepository, type NotificationFilter } from '../notifications/notification.repository.js';

/** A page of a person's inbox, newest first. */
@Injectable()
export class ListNotifications {
  constructor(
    private readonly transaction: Transaction,
    private readonly notifications: NotificationRepository,
  ) {}

  async execute(userId: string, filter: NotificationFilter): Promise<Page<Notification>> {
    if (filter.cursor !== undefined && !isUuid(filter.cursor)) {
      throw new NotificationCursorInvalid({ issues: [{ pointer: '/query/cursor', detail: 'Take next_cursor from the page before, unchanged.' }] });
    }
    return this.transaction.run(() => this.notifications.list(userId, filter));
  }
}
