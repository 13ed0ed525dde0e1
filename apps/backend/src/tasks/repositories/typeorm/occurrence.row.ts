import { Column, Entity, PrimaryColumn } from 'typeorm';
import { isoTime } from '../../../iso-time.js';
import type { Occurrence } from '../../domain/occurrence/occurrence.js';

@Entity('occurrences')
export class OccurrenceRow implements Occurrence {
  @PrimaryColumn('uuid')
  user_id!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  task_id!: string;

  @Column('date')
  local_date!: string;

  @Column('text')
  status!: Occurrence['status'];

  @Column('timestamptz', { transformer: isoTime })
  completed_at!: string;

  @Column('integer')
  minutes!: number;

  @Column('integer')
  version!: number;
}
