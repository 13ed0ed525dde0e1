import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Models that gave no usable answer: which, asked with which words, and how it failed. No content. */
export class NoteFaults1764000000002 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE answer_faults (
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        operation text NOT NULL CHECK (operation IN ('plan', 'narrative', 'image', 'extract')),
        template_id text NOT NULL,
        template_version int NOT NULL CHECK (template_version > 0),
        model text NOT NULL,
        fault text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (user_id, id)
      )`);
    await runner.query('CREATE INDEX answer_faults_by_time ON answer_faults (user_id, at DESC)');
    await userOwnedTable(runner, 'answer_faults');
  }
}
