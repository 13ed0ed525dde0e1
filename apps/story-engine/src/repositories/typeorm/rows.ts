import type { EnvelopeJson, SealedCopyJson } from '@selfos/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StoryFileName } from '../../domain/story/story.repository.js';
import type { StoryState, StoryStatus } from '../../domain/story/story.js';

@Entity('people')
export class PersonRow {
  @PrimaryColumn('uuid', { name: 'user_id' }) userId!: string;
  @Column('text') timezone!: string;
  @Column('bigint') seq!: number;
}

@Entity('evidence')
export class EvidenceRow {
  @PrimaryColumn('uuid', { name: 'user_id' }) userId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: 'occurrence' | 'goal' | 'media';
  @Column('bigint') seq!: number;
  @Column('boolean') gone!: boolean;
  @Column('jsonb', { nullable: true }) title!: SealedCopyJson | null;
  @Column('text', { name: 'life_areas', array: true }) lifeAreas!: string[];
  @Column('timestamptz', { name: 'happened_at' }) happenedAt!: Date;
  @Column('date', { name: 'local_date', nullable: true }) localDate!: string | null;
  @Column('uuid', { name: 'task_id', nullable: true }) taskId!: string | null;
  @Column('integer', { nullable: true }) minutes!: number | null;
  @Column('boolean', { nullable: true }) achieved!: boolean | null;
  @Column('double precision', { nullable: true }) progress!: number | null;
}

@Entity('stories')
export class StoryRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('date', { name: 'start_date' }) startDate!: string;
  @Column('date', { name: 'end_date' }) endDate!: string;
  @Column('text') timezone!: string;
  @Column('text') status!: StoryStatus;
  @Column('text') state!: StoryState;
  @Column('jsonb', { nullable: true }) title!: EnvelopeJson | null;
  @Column('jsonb', { nullable: true }) narrative!: EnvelopeJson | null;
  @Column('jsonb', { nullable: true }) script!: EnvelopeJson | null;
  @Column('jsonb', { name: 'blog_markdown', nullable: true }) blogMarkdown!: EnvelopeJson | null;
  @Column('jsonb', { name: 'blog_post', nullable: true }) blogPost!: EnvelopeJson | null;
  @Column('jsonb', { name: 'obsidian_note', nullable: true }) obsidianNote!: EnvelopeJson | null;
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'generated_at', nullable: true }) generatedAt!: Date | null;
}

@Entity('story_files')
export class StoryFileRow {
  @PrimaryColumn('uuid', { name: 'story_id' }) storyId!: string;
  @PrimaryColumn('text') name!: StoryFileName;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('uuid', { name: 'file_id' }) fileId!: string;
  @Column('jsonb') header!: EnvelopeJson;
  @Column('text', { name: 'blob_key' }) blobKey!: string;
  @Column('bigint', { name: 'ciphertext_bytes' }) ciphertextBytes!: number;
}
