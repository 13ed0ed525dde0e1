import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Whether a person's memories are kept from models and indexes elsewhere, and by which version of their settings. */
export class Withhold1764000000003 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE memory_owners ADD COLUMN withheld boolean NOT NULL DEFAULT false, ADD COLUMN withheld_version integer NOT NULL DEFAULT 0');
  }
}
