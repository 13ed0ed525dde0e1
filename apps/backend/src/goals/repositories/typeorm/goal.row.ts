import type { EnvelopeJson } from '@selfos/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTime } from '../../../iso-time.js';
import type { Goal } from '../../domain/goal/goal.js';

@Entity('goals')
export class GoalRow implements Goal {
  @PrimaryColumn('uuid')
  user_id!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('jsonb')
  title!: EnvelopeJson;

  @Column('jsonb')
  vision!: EnvelopeJson;

  @Column('text', { array: true })
  life_areas!: Goal['life_areas'];

  @Column('date')
  target_date!: string;

  @Column('jsonb')
  milestones!: Goal['milestones'];

  @Column('jsonb')
  success_metrics!: EnvelopeJson;

  @Column('uuid', { array: true })
  inspiration_media!: string[];

  @Column('text')
  status!: Goal['status'];

  @Column('double precision')
  progress!: number;

  @Column('uuid', { nullable: true })
  plan_id!: string | null;

  @Column('timestamptz', { nullable: true, transformer: isoTime })
  achieved_at!: string | null;

  @Column('timestamptz', { transformer: isoTime })
  created_at!: string;

  @Column('timestamptz', { transformer: isoTime })
  updated_at!: string;

  @Column('integer')
  version!: number;
}
