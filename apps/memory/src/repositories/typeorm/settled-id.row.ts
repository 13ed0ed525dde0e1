import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An id that stands for no memory any more: it went into another (`into`), or was forgotten (null). */
@Entity('settled_ids')
export class SettledIdRow {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  into!: string | null;
}
