import type { SealedCopyJson } from '@selfos/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FollowedTask } from '../../domain/reminders/followed-task.js';

@Entity('followed_tasks')
export class FollowedTaskRow {
  @PrimaryColumn('uuid', { name: 'task_id' }) taskId!: string;
  @PrimaryColumn('uuid', { name: 'user_id' }) userId!: string;
  @Column('bigint') seq!: number;
  @Column('text') status!: FollowedTask['status'];
  @Column('jsonb', { nullable: true }) title!: SealedCopyJson | null;
  @Column('date', { name: 'start_date' }) startDate!: string;
  @Column('text', { nullable: true }) rrule!: string | null;
  @Column('text', { name: 'wall_time', nullable: true }) wallTime!: string | null;
  @Column('text') timezone!: string;
  @Column('timestamptz', { name: 'due_date', nullable: true }) dueDate!: Date | null;
  @Column('date', { name: 'booked_for', nullable: true }) bookedFor!: string | null;
}

export function toFollowedTask(row: FollowedTaskRow): FollowedTask {
  const { startDate, rrule, wallTime, timezone, dueDate, ...rest } = row;
  return { ...rest, seq: Number(row.seq), timing: { startDate, rrule, wallTime, timezone, dueDate } };
}

export function toRow({ timing, ...rest }: FollowedTask): FollowedTaskRow {
  return { ...rest, ...timing };
}
