import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** A story may wait for something that is away. */
export class LetStoriesWait1764300000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE stories DROP CONSTRAINT stories_status_check,
        ADD CONSTRAINT stories_status_check CHECK (status IN ('queued', 'running', 'waiting', 'generated', 'failed'))`);
  }
}
