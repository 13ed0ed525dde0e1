import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { ListNotifications } from '../domain/use-cases/list-notifications.js';
import { ReadNotification } from '../domain/use-cases/read-notification.js';
import { notificationView } from './notification-view.js';

@Controller()
export class NotificationsController {
  constructor(
    private readonly listNotifications: ListNotifications,
    private readonly readNotification: ReadNotification,
  ) {}

  @Route(routes.listNotifications)
  async list(@Input() { userId, query }: InputOf<typeof routes.listNotifications>): Promise<AnswerOf<typeof routes.listNotifications>> {
    const page = await this.listNotifications.execute(userId, { cursor: query.cursor, limit: query.limit, unreadOnly: query.unread === 'true' });
    return { items: page.items.map(notificationView), next_cursor: page.nextCursor ?? null };
  }

  @Route(routes.readNotification)
  async read(@Input() { userId, params }: InputOf<typeof routes.readNotification>): Promise<AnswerOf<typeof routes.readNotification>> {
    return notificationView(await this.readNotification.execute(userId, params.id));
  }
}
