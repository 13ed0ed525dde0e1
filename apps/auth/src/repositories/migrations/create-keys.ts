import { ForwardMigration, grantTable, userOwnedTable } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** People's keys, wrapped by the key encryption key of `kek_version`. A database of its own: backups of it live shorter. */
export class CreateKeys1763805600000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE wrapped_keys (
        user_id uuid NOT NULL,
        domain text NOT NULL CHECK (domain IN ('profile', 'tasks', 'goals', 'conversations', 'memories', 'media', 'stories', 'health', 'feedback', 'server')),
        epoch integer NOT NULL CHECK (epoch >= 1),
        wrapped bytea NOT NULL CHECK (length(wrapped) = 60),
        kek_version integer NOT NULL CHECK (kek_version >= 1),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (user_id, domain, epoch)
      )`);
    await userOwnedTable(runner, 'wrapped_keys', ['select', 'insert', 'delete']);
    // By which key file the keys were wrapped: the wrong one is noticed at start, before anybody's key is made with it.
    await runner.query('CREATE TABLE key_file (single boolean PRIMARY KEY DEFAULT true CHECK (single), mark varchar(64) NOT NULL)');
    await grantTable(runner, 'key_file', { app: ['select', 'insert'] });
  }
}
