import type { EnvelopeJson } from '@selfos/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('feedback')
export class FeedbackRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('uuid', { name: 'conversation_id' }) conversationId!: string;
  @Column('uuid', { name: 'message_id', nullable: true }) messageId!: string | null;
  @Column('int') rating!: number;
  @Column('jsonb', { nullable: true }) correction!: EnvelopeJson | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
