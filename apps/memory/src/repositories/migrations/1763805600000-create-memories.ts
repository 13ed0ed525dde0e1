import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

export class CreateMemories1763805600000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE memories (
        user_id uuid NOT NULL,
        id uuid NOT NULL,
        type text NOT NULL CHECK (type IN ('goal', 'routine', 'preference', 'reflection', 'achievement')),
        text jsonb NOT NULL,
        source_kind text NOT NULL CHECK (source_kind IN ('message', 'event')),
        source_id uuid NOT NULL,
        source_start integer,
        source_end integer,
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        superseded_by uuid,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (user_id, id),
        CHECK (valid_to IS NULL OR valid_to >= valid_from),
        CHECK (source_kind = 'event' OR (source_start >= 0 AND source_end > source_start))
      )`);
    await runner.query('CREATE INDEX memories_newest ON memories (user_id, created_at DESC, id DESC)');
    await runner.query(`
      CREATE TABLE settled_ids (
        user_id uuid NOT NULL,
        id uuid NOT NULL,
        "into" uuid,
        PRIMARY KEY (user_id, id)
      )`);
    await runner.query(`
      CREATE TABLE memory_vectors (
        user_id uuid NOT NULL,
        memory_id uuid NOT NULL,
        model text NOT NULL,
        vector bytea NOT NULL,
        PRIMARY KEY (user_id, memory_id),
        FOREIGN KEY (user_id, memory_id) REFERENCES memories (user_id, id) ON DELETE CASCADE
      )`);
    for (const table of ['memories', 'settled_ids', 'memory_vectors']) await userOwnedTable(runner, table);
  }
}
