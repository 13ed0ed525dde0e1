import type { EnvelopeJson } from '@selfos/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One memory. Its words are in `text` only, sealed; everything else is structure. */
@Entity('memories')
export class MemoryRow {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  type!: string;

  @Column('jsonb')
  text!: EnvelopeJson;

  @Column('text', { name: 'source_kind' })
  sourceKind!: string;

  @Column('uuid', { name: 'source_id' })
  sourceId!: string;

  @Column('integer', { name: 'source_start', nullable: true })
  sourceStart!: number | null;

  @Column('integer', { name: 'source_end', nullable: true })
  sourceEnd!: number | null;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_to', nullable: true })
  validTo!: Date | null;

  @Column('uuid', { name: 'superseded_by', nullable: true })
  supersededBy!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** The plans that forget it, for as long as they can be taken back. */
  @Column('uuid', { name: 'hidden_by', array: true, default: [] })
  hiddenBy!: string[];
}
