import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** What waits to be learned, its words sealed, and the batch of each person that is open. */
export class CreateLessons1764000000010 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lessons (
        user_id uuid NOT NULL,
        id uuid NOT NULL,
        place bigint GENERATED ALWAYS AS IDENTITY,
        lesson jsonb NOT NULL,
        failures int NOT NULL DEFAULT 0,
        fault text,
        PRIMARY KEY (user_id, id)
      )`);
    await runner.query(`
      CREATE TABLE lesson_batches (
        user_id uuid PRIMARY KEY,
        batch int NOT NULL DEFAULT 1,
        booked boolean NOT NULL DEFAULT false
      )`);
    for (const table of ['lessons', 'lesson_batches']) await userOwnedTable(runner, table);
  }
}
