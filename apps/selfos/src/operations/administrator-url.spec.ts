import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administratorUrl } from './administrator-url.js';

/** No process has this number: it is above every limit (proc(5), pid_max). */
const NOBODY = 2 ** 22 + 1;

describe('where the operator’s commands find PostgreSQL', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'selfos-operations-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function runs(pid: number): void {
    mkdirSync(join(home, 'postgres'));
    writeFileSync(join(home, 'postgres', 'postmaster.pid'), `${pid}\n${home}/postgres\n1790000000\n54321\n\n127.0.0.1\n`);
    writeFileSync(join(home, 'postgres.password'), 'secret\n');
  }

  it('is where the SelfOS on the data folder has its own', () => {
    runs(process.pid);
    expect(administratorUrl({ SELFOS_HOME: home })).toBe('postgresql://postgres:secret@127.0.0.1:54321/postgres');
  });

  it('is the one that is named, whatever runs here', () => {
    runs(process.pid);
    expect(administratorUrl({ SELFOS_HOME: home, DATABASE_URL: 'postgresql://cluster/' })).toBe('postgresql://cluster/');
  });

  it.each([['that was never used', () => undefined], ['whose server is gone', () => runs(NOBODY)]])('is nowhere for a data folder %s, which says what to do', (_what, prepare) => {
    prepare();
    const find = () => administratorUrl({ SELFOS_HOME: home });
    expect(find).toThrow(`No SelfOS is running on ${home}. Start it (npm start)`);
    expect(find).toThrow(expect.objectContaining({ exitCode: 69 }));
  });
});
