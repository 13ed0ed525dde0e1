import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Where else a person's vectors lie. */
export class NameSpaces1764000000002 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE memory_owners ADD COLUMN remote_space text');
  }
}
