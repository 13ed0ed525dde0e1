import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseFor, eventually, startFaultProxy, type PostgresVersion, type TestDatabase } from '@selfos/testing';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { asPersistenceError, closeDatabase, DatabaseUnavailable, ForwardMigration, migrateService, openDatabase, UnsafeDatabase } from '../src/index.js';
import { CreateNotes1763800000000 } from './notes-service.js';

class AddColour1763800000001 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE notes ADD COLUMN colour text NOT NULL DEFAULT 'blue'");
  }
}

class CreateDiary1763800000002 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE diary (id uuid PRIMARY KEY, user_id uuid NOT NULL)');
  }
}

class Fails1763800000003 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id uuid)');
    await runner.query('SELECT no_such_function()');
  }
}

/** How a service's schema comes to be, on the given PostgreSQL. */
export function migrationsSuite(version: PostgresVersion): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseFor('migrations', version);
  }, 60_000);
  afterAll(() => database.drop());

  const options = (name: string, migrations: readonly (new () => ForwardMigration)[]) => ({
    name, databaseUrl: database.url, rows: [], migrations, poolSize: 2,
  });

  it('makes database, roles and tables once, also by several replicas at the same time', async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => migrateService(options('replicas', [CreateNotes1763800000000, AddColour1763800000001]))));
    expect(new Set(replicas.map((one) => one.database)).size).toBe(1);
    const open = await openDatabase(options('replicas', [CreateNotes1763800000000, AddColour1763800000001]));
    expect(await open.app.query('SELECT colour FROM notes')).toEqual([]);
    await closeDatabase(open);
  });

  it('goes forward from where it stopped', async () => {
    await migrateService(options('steps', [CreateNotes1763800000000]));
    const open = await openDatabase(options('steps', [CreateNotes1763800000000, AddColour1763800000001]));
    expect(await open.app.query('SELECT colour FROM notes')).toEqual([]);
    await closeDatabase(open);
  });

  it('leaves nothing of a step that fails', async () => {
    await expect(migrateService(options('broken', [Fails1763800000003]))).rejects.toThrow(/no_such_function/);
    const open = await openDatabase(options('broken', []));
    await expect(open.app.query('SELECT * FROM half')).rejects.toThrow(/does not exist/);
    await closeDatabase(open);
  });

  it('refuses to start when a table that names a person is not protected', async () => {
    await expect(openDatabase(options('leaky', [CreateDiary1763800000002]))).rejects.toThrow(UnsafeDatabase);
    await expect(openDatabase(options('leaky', [CreateDiary1763800000002]))).rejects.toThrow(/diary/);
  });

  it('refuses to start when the server cannot carry the pools', async () => {
    await expect(openDatabase({ ...options('large', []), poolTotal: 10_000 })).rejects.toThrow(/max_connections/);
  });

  it('says that a server is not there', async () => {
    const gone = { ...options('gone', []), databaseUrl: 'postgres://postgres:x@127.0.0.1:1/postgres', waitMs: 0 };
    await expect(migrateService(gone)).rejects.toBeInstanceOf(DatabaseUnavailable);
    for (const code of ['EAI_AGAIN', 'EHOSTUNREACH']) expect(asPersistenceError(Object.assign(new Error(code), { code }))).toBeInstanceOf(DatabaseUnavailable);
  });

  it('says that a server is not there when the network swallows what is sent, and goes on when it is back', async () => {
    const proxy = await startFaultProxy(Number(new URL(database.url).port));
    const open = await openDatabase({ ...options('swallowed', []), databaseUrl: proxy.through(database.url), silenceMs: 3_000 });
    await open.app.query('SELECT 1');
    proxy.blackHole();
    const asked = await Promise.allSettled([open.app.query('SELECT 1'), open.app.query('SELECT 1')]);
    for (const one of asked) expect(one.status === 'rejected' && asPersistenceError(one.reason)).toBeInstanceOf(DatabaseUnavailable);
    proxy.heal();
    await eventually(async () => expect(await open.app.query('SELECT 1 AS one')).toEqual([{ one: 1 }]), { timeoutMs: 30_000 });
    await closeDatabase(open);
    await proxy.close();
  });

  it('says that its connection was lost while it waits for its turn, and ends nothing else', async () => {
    const address = await migrateService(options('cut', []));
    const [other, proxy] = [new pg.Client({ connectionString: address.adminUrl }), await startFaultProxy(Number(new URL(database.url).port))];
    await other.connect();
    await other.query('SELECT pg_advisory_lock(7305210419)');
    const late = migrateService({ ...options('cut', []), databaseUrl: proxy.through(database.url) });
    const isWaiting = async () => (await other.query("SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted")).rowCount;
    await eventually(async () => expect(await isWaiting()).toBe(1));
    proxy.cut();
    await expect(late).rejects.toThrow();
    await other.end();
    await proxy.close();
  });
}
