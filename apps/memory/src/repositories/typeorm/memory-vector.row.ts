import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A cloaked vector: 32-bit floats, little endian. */
@Entity('memory_vectors')
export class MemoryVectorRow {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('uuid', { name: 'memory_id' })
  memoryId!: string;

  @Column('text')
  model!: string;

  @Column('bytea')
  vector!: Buffer;
}
