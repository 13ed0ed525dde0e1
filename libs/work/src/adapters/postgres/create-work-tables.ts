import { CURRENT_USER_ID, ForwardMigration, grantTable, workerSeesAll } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** The tables of later and long work; a service that has any lists this among its migrations. */
export class CreateWorkTables1763000000100 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await createWork(runner);
    await createSteps(runner);
  }
}

// The payload holds ids and envelopes only. `run_at` is domain time; `lease_until` is real time: until then nobody else may have the job,
// be it because a runner holds it or because a failed try has to wait.
async function createWork(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE work (
      id uuid PRIMARY KEY,
      kind text NOT NULL,
      key text NOT NULL,
      user_id uuid,
      payload jsonb NOT NULL DEFAULT '{}',
      run_at timestamptz NOT NULL,
      state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'done', 'failed', 'cancelled')),
      step text,
      attempt integer NOT NULL DEFAULT 0,
      max_attempts integer NOT NULL DEFAULT 5 CHECK (max_attempts > 0),
      abandoned integer NOT NULL DEFAULT 0,
      lease_until timestamptz,
      fence bigint NOT NULL DEFAULT 0,
      checkpoint jsonb,
      error_class text,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      finished_at timestamptz,
      UNIQUE (kind, key)
    ) WITH (fillfactor = 70)`);
  await runner.query("CREATE INDEX work_due ON work (run_at, id) WHERE state IN ('pending', 'running')");
  await protect(runner, 'work');
  await grantTable(runner, 'work', { app: ['select', 'insert', 'update'], worker: ['select', 'update', 'delete'] });
}

async function createSteps(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE work_steps (
      job uuid NOT NULL REFERENCES work (id) ON DELETE CASCADE,
      step text NOT NULL,
      input_hash text NOT NULL,
      user_id uuid,
      status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done')),
      output_ref jsonb,
      created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (job, step, input_hash)
    )`);
  await protect(runner, 'work_steps');
  await grantTable(runner, 'work_steps', { worker: ['select', 'insert', 'update', 'delete'] });
}

async function protect(runner: QueryRunner, table: string): Promise<void> {
  const own = `user_id IS NULL OR user_id = ${CURRENT_USER_ID}`;
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY own_rows ON ${table} USING (${own}) WITH CHECK (${own})`);
  await workerSeesAll(runner, table);
}
