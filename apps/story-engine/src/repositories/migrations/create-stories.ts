import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

export class CreateStories1763800000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE people (
        user_id uuid PRIMARY KEY,
        timezone text NOT NULL,
        seq bigint NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE evidence (
        id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('occurrence', 'goal', 'media')),
        user_id uuid NOT NULL,
        seq bigint NOT NULL,
        gone boolean NOT NULL DEFAULT false,
        title jsonb,
        life_areas text[] NOT NULL DEFAULT '{}',
        happened_at timestamptz NOT NULL,
        local_date date,
        task_id uuid,
        minutes integer CHECK (minutes BETWEEN 1 AND 1440),
        achieved boolean,
        progress double precision CHECK (progress BETWEEN 0 AND 1),
        PRIMARY KEY (user_id, id)
      )`);
    await runner.query('CREATE INDEX evidence_by_date ON evidence (user_id, local_date) WHERE NOT gone');
    await runner.query('CREATE INDEX evidence_by_time ON evidence (user_id, happened_at) WHERE NOT gone AND local_date IS NULL');
    await runner.query(`
      CREATE TABLE stories (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        period text NOT NULL DEFAULT 'week' CHECK (period IN ('week')),
        start_date date NOT NULL,
        end_date date NOT NULL CHECK (end_date >= start_date),
        timezone text NOT NULL,
        status text NOT NULL CHECK (status IN ('queued', 'running', 'generated', 'failed')),
        state text NOT NULL CHECK (state IN ('TriggerGeneration', 'GatherContent', 'AnalyzeNarrative', 'GenerateScript', 'CreateMedia', 'RenderVideo', 'PostProcess', 'StoreResults', 'NotifyUser', 'done')),
        title jsonb,
        narrative jsonb,
        script jsonb,
        blog_markdown jsonb,
        blog_post jsonb,
        obsidian_note jsonb,
        failure text,
        created_at timestamptz NOT NULL,
        generated_at timestamptz,
        CHECK ((status = 'generated') = (generated_at IS NOT NULL)),
        CHECK ((status = 'failed') = (failure IS NOT NULL))
      )`);
    await runner.query('CREATE INDEX stories_newest ON stories (user_id, created_at DESC, id DESC)');
    await runner.query(`
      CREATE TABLE story_files (
        story_id uuid NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        name text NOT NULL CHECK (name IN ('video', 'instagram', 'tiktok', 'captions', 'cover')),
        user_id uuid NOT NULL,
        file_id uuid NOT NULL,
        header jsonb NOT NULL,
        blob_key text NOT NULL,
        ciphertext_bytes bigint NOT NULL,
        PRIMARY KEY (story_id, name)
      )`);
    for (const table of ['people', 'evidence', 'stories', 'story_files']) await userOwnedTable(runner, table);
  }
}
