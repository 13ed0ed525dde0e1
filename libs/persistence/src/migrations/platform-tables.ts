import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration.js';
import { CURRENT_USER_ID, grantTable, workerSeesAll } from './tables.js';

/** The tables that every service has: `outbox` ("it happened") and `once` ("only once"). */
export class CreatePlatformTables1763000000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await createOutbox(runner);
    await createOnce(runner);
  }
}

async function createOutbox(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE SEQUENCE outbox_seq');
  await runner.query(`
    CREATE TABLE outbox (
      id uuid PRIMARY KEY,
      type text NOT NULL,
      aggregate text NOT NULL,
      aggregate_id text NOT NULL,
      seq bigint NOT NULL,
      payload jsonb NOT NULL,
      user_id uuid,
      trace_id text,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      published_at timestamptz,
      attempts integer NOT NULL DEFAULT 0,
      last_error text
    )`);
  await runner.query('CREATE INDEX outbox_waiting ON outbox (created_at, id) WHERE published_at IS NULL');
  await runner.query('CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL');
  await runner.query(`
    CREATE FUNCTION outbox_notify() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$`);
  await runner.query('CREATE TRIGGER outbox_notify AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify()');
  await protect(runner, 'outbox', `user_id IS NULL OR user_id = ${CURRENT_USER_ID}`);
  await grantTable(runner, 'outbox', { app: ['insert'], worker: ['select', 'update', 'delete'] });
  await grantTable(runner, 'SEQUENCE outbox_seq', { app: ['select', 'update'] });
}

async function createOnce(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE once (
      scope text NOT NULL,
      key text NOT NULL,
      state text NOT NULL CHECK (state IN ('running', 'done', 'reserved', 'sent', 'unknown')),
      fingerprint text,
      result jsonb,
      attempt integer NOT NULL DEFAULT 1,
      user_id uuid,
      lease_until timestamptz,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (scope, key)
    )`);
  await runner.query('CREATE INDEX once_expiry ON once (expires_at)');
  await protect(runner, 'once', `user_id IS NULL OR user_id = ${CURRENT_USER_ID}`);
  const all = ['select', 'insert', 'update', 'delete'] as const;
  await grantTable(runner, 'once', { app: all, worker: all });
}

async function protect(runner: QueryRunner, table: string, condition: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY own_rows ON ${table} USING (${condition}) WITH CHECK (${condition})`);
  await workerSeesAll(runner, table);
}
