import type { Inner, routes } from '@selfos/contracts';
import type { Notification } from '../domain/notifications/notification.js';

export type NotificationView = Inner<(typeof routes.readNotification)['response']>;

export function notificationView(notification: Notification): NotificationView {
  const { id, kind, title, taskId, storyId, goalId, localDate, dueAt, createdAt, readAt } = notification;
  return {
    id,
    kind,
    title,
    task_id: taskId,
    story_id: storyId,
    goal_id: goalId,
    local_date: localDate,
    due_at: dueAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
    read_at: readAt?.toISOString() ?? null,
  };
}
