import type { Page } from '@selfos/kernel';
import type { Notification } from '../../domain/notifications/notification.js';
import { NotificationRepository, type NotificationFilter } from '../../domain/notifications/notification.repository.js';

/** For specs. */
export class InMemoryNotificationRepository extends NotificationRepository {
  private readonly kept = new Map<string, Notification>();

  async add(notification: Notification): Promise<boolean> {
    const known = [...this.kept.values()].some(({ userId, subject }) => userId === notification.userId && subject === notification.subject);
    if (!known) this.kept.set(notification.id, notification);
    return !known;
  }

  async list(userId: string, { cursor, limit, unreadOnly }: NotificationFilter): Promise<Page<Notification>> {
    const mine = [...this.kept.values()].filter((one) => one.userId === userId && (!unreadOnly || one.readAt === null) && (cursor === undefined || one.id < cursor));
    const found = mine.sort((a, b) => (a.id < b.id ? 1 : -1));
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return last === undefined ? { items } : { items, nextCursor: last.id };
  }

  async markRead(userId: string, id: string, at: Date): Promise<Notification | undefined> {
    const found = this.kept.get(id);
    if (found === undefined || found.userId !== userId) return undefined;
    const read = { ...found, readAt: found.readAt ?? at };
    this.kept.set(id, read);
    return read;
  }
}
