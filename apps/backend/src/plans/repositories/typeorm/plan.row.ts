import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTime } from '../../../iso-time.js';
import type { Plan, PlanChange, Reversal } from '../../domain/plan/plan.js';

@Entity('plans')
export class PlanRow implements Plan {
  @PrimaryColumn('uuid')
  user_id!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  conversation_id!: string | null;

  @Column('text')
  status!: Plan['status'];

  @Column('jsonb')
  changes!: PlanChange[];

  @Column('integer', { array: true, nullable: true })
  accepted!: number[] | null;

  @Column('jsonb')
  kept!: Plan['kept'];

  @Column('jsonb')
  reversals!: Reversal[];

  @Column('timestamptz', { transformer: isoTime })
  created_at!: string;

  @Column('timestamptz', { nullable: true, transformer: isoTime })
  applied_at!: string | null;

  @Column('timestamptz', { nullable: true, transformer: isoTime })
  undone_at!: string | null;
}
