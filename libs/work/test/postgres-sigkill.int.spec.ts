import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import { mortalProcess } from './mortal-process.js';
import { postgresHarness, type PostgresWorkHarness } from './postgres-harness.js';
import { book, findJob, NINE, QUICK } from './support.js';
import { threeSteps } from './three-steps.js';

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
    const { said, kill } = mortalProcess(database.url, place, '20', '300');
    try {
      await eventually(() => expect(said).toContain(place), { timeoutMs: 60_000 });
    } finally {
      await kill();
    }
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
    await eventually(async () => expect((await findJob(h, 'mortal', place))?.state).toBe('done'), { timeoutMs: 30_000 });
    await next.stop();
    expect(said).toEqual(rest);
    expect((await h.effects()).filter((text) => text.startsWith(`${place}/`))).toEqual([`${place}/one`, `${place}/two`, `${place}/three`]);
  }, 120_000);

  it('sleeps until the next is due, in two processes, and one of them is woken by what is due earlier', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000);
    await book(h, 'mortal', { key: 'later', runAt: inAnHour });
    const processes = [1, 2].map(() => mortalProcess(database.url, '', '3600000'));
    try {
      for (const { said } of processes) await eventually(() => expect(said).toContain('started'), { timeoutMs: 60_000 });
      await book(h, 'mortal', { key: 'now', runAt: new Date(0) });
      await eventually(async () => expect((await findJob(h, 'mortal', 'now'))?.state).toBe('done'), { timeoutMs: 20_000 });
      expect(processes.flatMap(({ said }) => said).filter((line) => line === 'three:commit')).toHaveLength(1);
      expect((await findJob(h, 'mortal', 'later'))?.state).toBe('booked');
    } finally {
      for (const { kill } of processes) await kill();
    }
  }, 180_000);
});
