import { ForwardMigration, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** What profiles rest on. What was seen and what was chosen lies in envelopes; a bare id is left of what was reset. */
export class CreateProfiles1764000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE profiles (
        user_id uuid PRIMARY KEY,
        version integer NOT NULL DEFAULT 1,
        changes bigint NOT NULL DEFAULT 0,
        choices jsonb
      )`);
    await runner.query(`
      CREATE TABLE profile_observations (
        user_id uuid NOT NULL,
        id uuid NOT NULL,
        seq bigint NOT NULL,
        at timestamptz NOT NULL,
        cues jsonb,
        PRIMARY KEY (user_id, id)
      )`);
    await runner.query('CREATE INDEX profile_observations_newest ON profile_observations (user_id, at DESC, id DESC)');
    for (const table of ['profiles', 'profile_observations']) await userOwnedTable(runner, table);
  }
}
