import type { SealedCopyJson } from '@selfos/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Notification, NotificationKind } from '../../domain/notifications/notification.js';

@Entity('notifications')
export class NotificationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('text') kind!: NotificationKind;
  @Column('text') subject!: string;
  @Column('jsonb', { nullable: true }) title!: SealedCopyJson | null;
  @Column('uuid', { name: 'task_id', nullable: true }) taskId!: string | null;
  @Column('uuid', { name: 'story_id', nullable: true }) storyId!: string | null;
  @Column('uuid', { name: 'goal_id', nullable: true }) goalId!: string | null;
  @Column('date', { name: 'local_date', nullable: true }) localDate!: string | null;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt!: Date | null;
}

export function toNotification(row: NotificationRow): Notification {
  return { ...row };
}
