import type { Page } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { IsNull, LessThan, type Repository } from 'typeorm';
import type { Notification } from '../../domain/notifications/notification.js';
import { NotificationRepository, type NotificationFilter } from '../../domain/notifications/notification.repository.js';
import { NotificationRow, toNotification } from './notification.row.js';

export class TypeormNotificationRepository extends NotificationRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async add(notification: Notification): Promise<boolean> {
    const insert = this.rows().createQueryBuilder().insert().values({ ...notification }).orIgnore().returning('id');
    const { raw } = await insert.execute();
    return Array.isArray(raw) && raw.length > 0;
  }

  async list(userId: string, { cursor, limit, unreadOnly }: NotificationFilter): Promise<Page<Notification>> {
    const where = { userId, ...(cursor === undefined ? {} : { id: LessThan(cursor) }), ...(unreadOnly ? { readAt: IsNull() } : {}) };
    const found = await this.rows().find({ where, order: { id: 'DESC' }, take: limit + 1 });
    const items = found.slice(0, limit).map(toNotification);
    const last = found.length > limit ? items.at(-1) : undefined;
    return last === undefined ? { items } : { items, nextCursor: last.id };
  }

  async markRead(userId: string, id: string, at: Date): Promise<Notification | undefined> {
    await this.rows().update({ userId, id, readAt: IsNull() }, { readAt: at });
    const row = await this.rows().findOneBy({ userId, id });
    return row === null ? undefined : toNotification(row);
  }

  private rows(): Repository<NotificationRow> {
    return this.database.manager().getRepository(NotificationRow);
  }
}
