import type { Page, PageRequest } from '@selfos/kernel';
import type { Notification } from './notification.js';

export interface NotificationFilter extends PageRequest {
  readonly unreadOnly: boolean;
}

/** A person's inbox. */
export abstract class NotificationRepository {
  /** Adds it unless its subject is already in the inbox; says whether it was added. */
  abstract add(notification: Notification): Promise<boolean>;

  /** Newest first. The cursor is the id of the last one seen. */
  abstract list(userId: string, filter: NotificationFilter): Promise<Page<Notification>>;

  /** Marks as read unless it is, and returns it; undefined when this person has no such notification. */
  abstract markRead(userId: string, id: string, at: Date): Promise<Notification | undefined>;
}
