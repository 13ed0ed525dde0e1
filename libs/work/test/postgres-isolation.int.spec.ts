import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rootContext, runInContext } from '@selfos/observability';
import { databaseFor, requireRealPart } from '@selfos/testing';
import { postgresHarness, type PostgresWorkHarness } from './postgres-harness.js';
import { ADA, book, findJob, leavesKey, NINE, QUICK } from './support.js';

const BOB = '018f0000-0000-7000-8000-00000000000b';

requireRealPart('postgres')('jobs of two people in one table', () => {
  let h: PostgresWorkHarness;

  beforeAll(async () => {
    h = await postgresHarness((await databaseFor('work_isolation')).url);
    h.clock.freeze(NINE.getTime());
  });
  afterAll(() => h.close());

  const asBob = <T>(work: () => Promise<T>) => runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId: BOB }), () => h.transaction.run(work));

  it('hides a job from anyone but its person, and from nobody in particular', async () => {
    await book(h, 'secret');
    expect((await findJob(h, 'secret'))?.userId).toBe(ADA);
    expect(await asBob(() => h.work.find('secret', 'one'))).toBeUndefined();
    expect(await asBob(() => h.work.cancel('secret', 'one'))).toBe(false);
    expect(await h.transaction.run(() => h.work.find('secret', 'one'))).toBeUndefined();
  });

  it('refuses to book a job for somebody else', async () => {
    await expect(asBob(() => h.work.enqueue({ kind: 'secret', key: 'two', userId: ADA, runAt: NINE }))).rejects.toThrow(/row-level security/);
  });

  it('leaves the claiming role without any right on what people keep', async () => {
    await expect(h.open.worker.query('SELECT * FROM effect')).rejects.toThrow(/permission denied/);
    await expect(h.open.worker.query("INSERT INTO work (id, kind, key, run_at) VALUES (gen_random_uuid(), 'a', 'b', now())")).rejects.toThrow(/permission denied/);
  });

  it('wakes a sleeping runner when a job is booked', async () => {
    const runner = h.runner([leavesKey(h, 'wake')], { ...QUICK, pollMs: 60_000 });
    await runner.start();
    await new Promise((resolve) => setTimeout(resolve, 150));
    const begun = Date.now();
    await book(h, 'wake', { key: 'wake:1' });
    while (!(await h.effects()).includes('wake:1')) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(Date.now() - begun).toBeLessThan(30_000);
    await runner.stop();
  });
});
