import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** What is urgent, how much is done, and a way to find what ended long ago. */
export class AddWorkOrder1764100000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE work ADD COLUMN priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 9), ADD COLUMN progress real NOT NULL DEFAULT 0');
    await runner.query("CREATE INDEX work_urgent ON work (priority DESC, run_at, id) WHERE state IN ('pending', 'running') AND priority > 0");
    await runner.query('CREATE INDEX work_finished ON work (finished_at) WHERE finished_at IS NOT NULL');
  }
}
