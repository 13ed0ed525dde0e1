import type { SealedCopyJson } from '@selfos/contracts';

export type NotificationKind = 'reminder' | 'story_generated' | 'goal_achieved';

/** Something a person should know; clients write its words from the kind. The title is a sealed copy that nobody opens here. */
export interface Notification {
  readonly id: string;
  readonly userId: string;
  readonly kind: NotificationKind;
  /** What it is about, once: two notifications of a person never share a subject. */
  readonly subject: string;
  readonly title: SealedCopyJson | null;
  readonly taskId: string | null;
  readonly storyId: string | null;
  readonly goalId: string | null;
  readonly localDate: string | null;
  readonly dueAt: Date | null;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

type About = Pick<Notification, 'id' | 'userId' | 'createdAt'>;
type Rest = Omit<Notification, keyof About | 'kind' | 'subject'>;

const NOTHING: Rest = { title: null, taskId: null, storyId: null, goalId: null, localDate: null, dueAt: null, readAt: null };

export function reminderNotification(about: About, due: { subject: string; taskId: string; title: SealedCopyJson | null; localDate: string; dueAt: Date }): Notification {
  return { ...NOTHING, ...about, ...due, kind: 'reminder' };
}

export function storyNotification(about: About, storyId: string): Notification {
  return { ...NOTHING, ...about, kind: 'story_generated', subject: `story/${storyId}`, storyId };
}

export function goalNotification(about: About, goal: { goalId: string; title: SealedCopyJson; localDate: string | null }): Notification {
  return { ...NOTHING, ...about, ...goal, kind: 'goal_achieved', subject: `goal/${goal.goalId}` };
}
