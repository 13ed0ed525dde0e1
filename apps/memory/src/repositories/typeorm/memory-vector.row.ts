import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A cloaked vector: 32-bit floats, little endian; and its code, one bit for the sign of each. */
@Entity('memory_vectors')
export class MemoryVectorRow {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('text')
  model!: string;

  @PrimaryColumn('uuid', { name: 'memory_id' })
  memoryId!: string;

  @Column('bytea')
  vector!: Buffer;

  @Column('bytea')
  code!: Buffer;
}
