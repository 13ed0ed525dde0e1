import { CURRENT_USER_ID, ForwardMigration, grantTable, workerSeesAll } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/**
 * What is open gets a narrow table of its own: a claim then changes small rows and no index, and to be done is to be deleted there. `work`
 * keeps what a job is, and how it ended; of a job that is done it need not be told.
 */
export class SplitDueWork1764200000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    for (const index of ['work_due', 'work_urgent', 'work_finished']) await runner.query(`DROP INDEX IF EXISTS ${index}`);
    await createDue(runner);
    // an administrator who is no superuser sees nobody's rows while these hold for the owner too
    await runner.query('ALTER TABLE work NO FORCE ROW LEVEL SECURITY');
    await moveOpenWork(runner);
    for (const table of ['work', 'work_due']) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      ALTER TABLE work DROP COLUMN state, DROP COLUMN lease_until, DROP COLUMN abandoned, DROP COLUMN finished_at,
        ADD CHECK (ended IN ('done', 'failed', 'cancelled', 'compensated')), ADD CHECK (undo_of IN ('failure', 'cancel'))`);
    // what recurs forgets the outputs of its last time, in the transaction that books the next
    await grantTable(runner, 'work_steps', { app: ['select', 'delete'] });
  }
}

// `run_at` is domain time; `lease_until` is real time: until then nobody else may have the job, be it because a runner holds it or because
// a failed try has to wait. No index holds a column that a claim changes, and a page has room for every row's next version.
async function createDue(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE work_due (
      job uuid PRIMARY KEY REFERENCES work (id) ON DELETE CASCADE,
      user_id uuid,
      run_at timestamptz NOT NULL,
      lease_until timestamptz NOT NULL DEFAULT '-infinity',
      fence bigint NOT NULL DEFAULT 0,
      abandoned integer NOT NULL DEFAULT 0,
      priority smallint NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 9),
      held boolean NOT NULL DEFAULT false,
      undoable boolean NOT NULL DEFAULT false,
      state text NOT NULL DEFAULT 'booked' CHECK (state IN ('booked', 'running', 'waiting', 'compensating')),
      kind text NOT NULL
    ) WITH (fillfactor = 45, autovacuum_vacuum_scale_factor = 0.05)`);
  await runner.query('CREATE INDEX work_due_at ON work_due (run_at)');
  await runner.query('CREATE INDEX work_due_urgent ON work_due (priority DESC, run_at) WHERE priority > 0');
  const own = `user_id IS NULL OR user_id = ${CURRENT_USER_ID}`;
  await runner.query('ALTER TABLE work_due ENABLE ROW LEVEL SECURITY');
  await runner.query(`CREATE POLICY own_rows ON work_due USING (${own}) WITH CHECK (${own})`);
  await workerSeesAll(runner, 'work_due');
  await grantTable(runner, 'work_due', { app: ['select', 'insert', 'update', 'delete'], worker: ['select', 'update', 'delete'] });
}

async function moveOpenWork(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE work ADD COLUMN ended text, ADD COLUMN undo_of text, ADD COLUMN away_since timestamptz');
  await runner.query("UPDATE work SET ended = state WHERE state IN ('done', 'failed', 'cancelled')");
  await runner.query(`
    INSERT INTO work_due (job, user_id, run_at, lease_until, fence, abandoned, priority, held, state, kind)
    SELECT id, user_id, run_at, coalesce(lease_until, '-infinity'), fence, abandoned, priority, state = 'running',
      CASE WHEN state = 'running' THEN 'running' WHEN step IS NULL AND attempt = 0 THEN 'booked' ELSE 'waiting' END, kind
    FROM work WHERE ended IS NULL`);
}
