import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** What is urgent, how much is done, and a way to find what ended long ago. */
export class AddWorkOrder1764100000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE work ADD COLUMN priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 9), ADD COLUMN progress real NOT NULL DEFAULT 0');
    // Open work is what has no end yet. `state` in a predicate would make every claim an update of every index.
    await runner.query("UPDATE work SET finished_at = updated_at WHERE state IN ('done', 'failed', 'cancelled') AND finished_at IS NULL");
    await runner.query('DROP INDEX work_due');
    await runner.query('CREATE INDEX work_due ON work (run_at, id) WHERE finished_at IS NULL');
    await runner.query('CREATE INDEX work_urgent ON work (priority DESC, run_at, id) WHERE finished_at IS NULL AND priority > 0');
    await runner.query('CREATE INDEX work_finished ON work USING brin (finished_at)');
  }
}
