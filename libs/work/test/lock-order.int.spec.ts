import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseFor, eventually, requireRealPart } from '@selfos/testing';
import { postgresHarness, type PostgresWorkHarness } from './postgres-harness.js';
import { ADA, asAda, book, NINE, QUICK, TestHandler } from './support.js';

const ROUNDS = 60;
const THING = 8_005;
const nap = () => new Promise((resolve) => setTimeout(resolve, 2));

/** The thing that a job is about is locked by what the job commits, and by whoever books and cancels it: both before the job. */
requireRealPart('postgres')('jobs and their bookings, over one thing that both lock', () => {
  let h: PostgresWorkHarness;

  beforeAll(async () => {
    h = await postgresHarness((await databaseFor('work_locks')).url);
    h.clock.freeze(NINE.getTime());
  });
  afterAll(() => h.close());

  it('never wait for each other in a circle', async () => {
    const lock = () => h.database.manager().query('SELECT pg_advisory_xact_lock($1)', [THING]);
    const troubles: unknown[] = [];
    let met = 0;
    const handler = new TestHandler('locks', [{ name: 'tell', commit: async (job) => {
      if (job.attempt > 0 || job.awayMs > 0) troubles.push(job.errorClass);
      await lock();
      met += 1;
      await nap();
    } }]);
    const runner = h.runner([handler], QUICK);
    await runner.start();
    for (let round = 0; round < ROUNDS; round += 1) {
      await book(h, 'locks', { key: `k${round}` });
      await asAda(() => h.transaction.run(async () => {
        await lock();
        await nap();
        await h.work.cancel('locks', `k${round}`);
        await h.work.enqueue({ kind: 'locks', key: `k${round}`, userId: ADA, runAt: NINE });
      })).catch((error: unknown) => troubles.push(error));
    }
    await eventually(async () => expect(await h.store.nextDue(['locks'])).toBeUndefined(), { timeoutMs: 20_000 });
    await runner.stop();
    expect(troubles).toEqual([]);
    expect(met).toBeGreaterThanOrEqual(ROUNDS / 2);
  }, 60_000);
});
