import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import { postgresHarness, type PostgresWorkHarness } from './postgres-harness.js';
import { book, findJob, NINE, QUICK } from './support.js';
import { threeSteps } from './three-steps.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

requireRealPart('postgres')('a runner that is killed with SIGKILL', () => {
  let database: TestDatabase;
  let h: PostgresWorkHarness;

  beforeAll(async () => {
    database = await databaseFor('work_sigkill');
    h = await postgresHarness(database.url);
    h.clock.freeze(NINE.getTime());
  });
  afterAll(() => h.close());

  /** Runs a process until it says that it is at `place`, and kills it there. */
  async function killedAt(place: string): Promise<string[]> {
    const flags = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('../../../tools/run/typescript-hooks.mjs')];
    const child = spawn(process.execPath, [...flags, here('mortal-runner.ts'), database.url, place], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    child.stdout.on('data', (text: Buffer) => said.push(...text.toString().trim().split('\n')));
    const dead = new Promise((resolve) => child.once('exit', resolve));
    await eventually(() => expect(said).toContain(place), { timeoutMs: 20_000 }).finally(() => child.kill('SIGKILL'));
    await dead;
    return said;
  }

  it.each([
    ['one:perform', ['one:perform', 'one:commit', 'two:perform', 'two:commit', 'three:perform', 'three:commit']],
    ['one:commit', ['one:commit', 'two:perform', 'two:commit', 'three:perform', 'three:commit']],
    ['two:perform', ['two:perform', 'two:commit', 'three:perform', 'three:commit']],
    ['three:commit', ['three:commit']],
  ])('at %s loses nothing and repeats no effect', async (place, rest) => {
    await book(h, 'mortal', { key: place, runAt: new Date(0) });
    await killedAt(place);
    const said: string[] = [];
    const next = h.runner([threeSteps(h, { hangAt: '', say: (text) => said.push(text) })], QUICK);
    await next.start();
    await eventually(async () => expect((await findJob(h, 'mortal', place))?.state).toBe('done'), { timeoutMs: 10_000 });
    await next.stop();
    expect(said).toEqual(rest);
    expect((await h.effects()).filter((text) => text.startsWith(`${place}/`))).toEqual([`${place}/one`, `${place}/two`, `${place}/three`]);
  }, 40_000);
});
