import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody whom we remember things of: how often that changed, and whether it is paused. No row yet: never, and not. */
@Entity('memory_owners')
export class MemoryOwnerRow {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @Column('bigint')
  version!: string;

  @Column('boolean')
  paused!: boolean;
}
