import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { requireRealPart } from '@selfos/testing';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDataFolder, type DataFolder } from '../src/data-folder/data-folder.js';
import { isAlive } from '../src/data-folder/processes.js';
import { EmbeddedPostgres } from '../src/postgres/embedded-postgres.js';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

requireRealPart('postgres')('the embedded PostgreSQL', () => {
  let home: DataFolder;
  let server: EmbeddedPostgres | undefined;
  const path = (...parts: string[]): string => join(home.path, ...parts);
  const pid = (): number => Number(readFileSync(path('postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

  beforeEach(() => {
    home = openDataFolder(mkdtempSync(join(tmpdir(), 'selfos-pg-')));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    rmSync(home.path, { recursive: true, force: true });
  });

  it('keeps what was written from one start to the next, and is gone after its stop', async () => {
    server = await EmbeddedPostgres.start(home);
    await ask(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const first = pid();
    await server.stop();
    expect(isAlive(first)).toBe(false);
    server = await EmbeddedPostgres.start(home);
    expect(await ask(server.url, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
  });

  it('takes the place of one that a killed run left behind', async () => {
    const orphan = await EmbeddedPostgres.start(home);
    await ask(orphan.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const first = pid();
    server = await EmbeddedPostgres.start(home);
    expect(isAlive(first)).toBe(false);
    expect(await ask(server.url, 'SELECT answer FROM kept')).toEqual({ answer: 42 });
  });

  it.each([
    ['whose control file is torn', () => writeFileSync(path('postgres', 'global', 'pg_control'), 'torn')],
    ['that misses parts', () => rmSync(path('postgres', 'global', 'pg_control'))],
    ['of another version', () => writeFileSync(path('postgres', 'PG_VERSION'), '12\n')],
    ['whose password is lost', () => writeFileSync(path('postgres.password'), 'wrong')],
  ])('refuses data %s in one line, with an exit code of its own', async (_what, damage) => {
    const first = await EmbeddedPostgres.start(home);
    await first.stop();
    damage();
    const failure: unknown = await EmbeddedPostgres.start(home).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'data-corrupt', exitCode: 13, message: expect.not.stringContaining('\n') });
  });
});
