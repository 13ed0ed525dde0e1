import type { EnvelopeJson } from '@selfos/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTime } from '../../../iso-time.js';
import type { Task } from '../../domain/task/task.js';

@Entity('tasks')
export class TaskRow implements Task {
  @PrimaryColumn('uuid')
  user_id!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('jsonb')
  title!: EnvelopeJson;

  @Column('jsonb', { nullable: true })
  description!: EnvelopeJson | null;

  @Column('text', { array: true })
  life_areas!: Task['life_areas'];

  @Column('smallint')
  priority!: number;

  @Column('smallint')
  energy_required!: number;

  @Column('integer')
  duration_minutes!: number;

  @Column('timestamptz', { nullable: true, transformer: isoTime })
  due_date!: string | null;

  @Column('text', { nullable: true })
  recurring_pattern!: string | null;

  @Column('date')
  start_date!: string;

  @Column('text', { nullable: true })
  scheduled_time!: string | null;

  @Column('text')
  timezone!: string;

  @Column('uuid', { array: true })
  attachments!: string[];

  @Column('uuid', { nullable: true })
  parent_goal_id!: string | null;

  @Column('text')
  status!: Task['status'];

  @Column('uuid', { nullable: true })
  plan_id!: string | null;

  @Column('timestamptz', { transformer: isoTime })
  created_at!: string;

  @Column('timestamptz', { transformer: isoTime })
  updated_at!: string;

  @Column('integer')
  version!: number;
}
