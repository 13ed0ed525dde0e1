import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Memories that a plan brought, those that a plan hides, and the newest that is known of each plan. */
export class FollowPlans1764000000001 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE memories
        ADD COLUMN hidden_by uuid[] NOT NULL DEFAULT '{}',
        DROP CONSTRAINT memories_source_kind_check,
        DROP CONSTRAINT memories_check1,
        ADD CHECK (source_kind IN ('message', 'event', 'plan')),
        ADD CHECK (source_kind <> 'message' OR (source_start >= 0 AND source_end > source_start))`);
    await runner.query(`
      CREATE TABLE plan_states (
        user_id uuid NOT NULL,
        plan_id uuid NOT NULL,
        seq bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('applied', 'undone')),
        at timestamptz NOT NULL,
        memories jsonb NOT NULL,
        PRIMARY KEY (user_id, plan_id)
      )`);
    await userOwnedTable(runner, 'plan_states');
  }
}
