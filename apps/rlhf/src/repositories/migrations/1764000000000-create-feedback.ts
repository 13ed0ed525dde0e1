import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** What people judged. */
export class CreateFeedback1764000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE feedback (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        message_id uuid,
        rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
        correction jsonb,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX feedback_newest ON feedback (user_id, created_at DESC, id DESC)');
    await userOwnedTable(runner, 'feedback', ['select', 'insert', 'delete']);
  }
}
