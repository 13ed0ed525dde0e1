import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { migrateService } from '@selfos/persistence';
import { databaseFor, requireRealPart, type TestDatabase } from '@selfos/testing';
import pg from 'pg';
import { workMigrations } from '../src/index.js';
import { ADA } from './support.js';

const BEFORE_THE_SPLIT = 2;

requireRealPart('postgres')('work that is open when its table is split', () => {
  const administrator = `administrator_${uuidv7().replaceAll('-', '')}`;
  let database: TestDatabase;
  let server: pg.Client;
  let jobs: pg.Client;

  beforeAll(async () => {
    database = await databaseFor('work_moves');
    server = new pg.Client({ connectionString: database.url });
    await server.connect();
    await server.query(`CREATE ROLE ${administrator} LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB CREATEROLE PASSWORD 'secret'`);
  }, 60_000);
  afterAll(async () => {
    await jobs.end();
    await server.end();
    await database.drop();
  });

  it('stays open for everybody, also where the administrator is no superuser', async () => {
    const databaseUrl = Object.assign(new URL(database.url), { username: administrator, password: 'secret' }).href;
    const { database: name } = await migrateService({ name: 'jobs', databaseUrl, migrations: workMigrations.slice(0, BEFORE_THE_SPLIT) });
    jobs = new pg.Client({ connectionString: Object.assign(new URL(database.url), { pathname: `/${name}` }).href });
    await jobs.connect();
    await jobs.query(
      `INSERT INTO work (id, kind, key, user_id, run_at, state, attempt, step, lease_until)
       SELECT gen_random_uuid(), 'spec', key, $1, now(), state, attempt, step, lease_until
       FROM (VALUES ('new', 'pending', 0, NULL, NULL::timestamptz), ('tried', 'pending', 2, 'second', now()), ('held', 'running', 0, 'first', now()),
         ('over', 'done', 0, NULL, NULL), ('broken', 'failed', 5, 'first', NULL)) AS jobs (key, state, attempt, step, lease_until)`,
      [ADA],
    );
    await migrateService({ name: 'jobs', databaseUrl, migrations: workMigrations });
    const { rows } = await jobs.query<{ key: string; state: string; held: boolean | null }>(
      "SELECT w.key, coalesce(d.state, w.ended, 'done') AS state, d.held FROM work w LEFT JOIN work_due d ON d.job = w.id AND d.user_id = w.user_id ORDER BY w.key");
    expect(rows).toEqual([
      { key: 'broken', state: 'failed', held: null },
      { key: 'held', state: 'running', held: true },
      { key: 'new', state: 'booked', held: false },
      { key: 'over', state: 'done', held: null },
      { key: 'tried', state: 'waiting', held: false },
    ]);
    const forced = await jobs.query("SELECT relname FROM pg_class WHERE relname IN ('work', 'work_due') AND relforcerowsecurity");
    expect(forced.rows).toHaveLength(2);
  }, 60_000);
});
