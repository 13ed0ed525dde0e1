import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** How people want to be answered, as backend told last. */
export class CreateWishes1764000000004 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE wishes (
        user_id uuid PRIMARY KEY,
        version int NOT NULL,
        privacy text NOT NULL CHECK (privacy IN ('off', 'private', 'offline')),
        model text,
        day jsonb NOT NULL,
        month jsonb NOT NULL
      )`);
    await userOwnedTable(runner, 'wishes');
  }
}
