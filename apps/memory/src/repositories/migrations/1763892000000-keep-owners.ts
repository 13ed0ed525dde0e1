import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

export class KeepOwners1763892000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE memory_owners (
        user_id uuid PRIMARY KEY,
        version bigint NOT NULL DEFAULT 0,
        paused boolean NOT NULL DEFAULT false
      )`);
    await userOwnedTable(runner, 'memory_owners');
    await runner.query('ALTER TABLE memory_vectors DROP CONSTRAINT memory_vectors_pkey, ADD PRIMARY KEY (user_id, model, memory_id)');
    await runner.query("ALTER TABLE memory_vectors ADD COLUMN code bytea NOT NULL DEFAULT ''::bytea");
  }
}
