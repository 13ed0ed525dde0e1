import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Completions in any order: each day knows its newest event, and one that was taken back stays as a mark against older news. */
export class OrderCompletions1764000000001 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE task_completions ADD COLUMN seq bigint NOT NULL DEFAULT 0, ADD COLUMN done boolean NOT NULL DEFAULT true');
  }
}
