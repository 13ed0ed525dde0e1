import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SealedEmail, Tier } from '../../domain/users/user.js';

@Entity({ name: 'users' })
export class UserRow {
  @PrimaryColumn('uuid', { name: 'user_id' })
  id!: string;

  @Column('varchar', { name: 'email_hash' })
  emailHash!: string;

  @Column('jsonb')
  email!: SealedEmail;

  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('text')
  timezone!: string;

  @Column('text')
  tier!: Tier;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('integer')
  version!: number;
}
