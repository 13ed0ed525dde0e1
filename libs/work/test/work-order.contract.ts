import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rootContext, runInContext } from '@selfos/observability';
import { eventually } from '@selfos/testing';
import type { Job, WorkRunner } from '../src/index.js';
import { ADA, asAda, book, findJob, NINE, QUICK, TestHandler } from './support.js';
import type { WorkHarness } from './work-harness.js';

const BOB = '018f0000-0000-7000-8000-00000000000b';
const DAY_MS = 86_400_000;

/** Comes again every day at nine. */
class Daily extends TestHandler {
  override again(job: Job): Date {
    return new Date(job.runAt.getTime() + DAY_MS);
  }
}

/** Who comes first, what comes again, what is taken back, what is forgotten. */
export function workOrderContract(adapter: string, open: () => Promise<WorkHarness>): void {
  describe(`order and ends of work on ${adapter}`, () => {
    let h: WorkHarness;
    let runner: WorkRunner | undefined;
    let kind = 'order.0';
    let count = 0;

    beforeAll(async () => {
      h = await open();
    });
    beforeEach(async () => {
      await runner?.stop();
      runner = undefined;
      count += 1;
      kind = `order.${count}`;
      h.clock.freeze(NINE.getTime());
    });
    afterAll(async () => {
      await runner?.stop();
      await h.close();
    });
    const start = async (handler: TestHandler, options = {}) => {
      runner = h.runner([handler], { ...QUICK, ...options });
      await runner.start();
    };
    const enqueueFor = (userId: string, key: string, more: { priority?: number; runAt?: Date } = {}) =>
      runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId }), () => h.transaction.run(() => h.work.enqueue({ kind, key, userId, runAt: NINE, ...more })));
    const claimKeys = async (limit: number) => (await h.store.claim({ kinds: [kind], limit, dueBy: h.clock.now(), leaseMs: 5_000 })).map(({ key }) => key);

    it('takes the urgent first, and gives each person a turn', async () => {
      for (const n of [1, 2, 3, 4]) await enqueueFor(ADA, `ada ${n}`, { runAt: new Date(NINE.getTime() - 1_000 + n) });
      await enqueueFor(BOB, 'bob');
      await enqueueFor(ADA, 'ada urgent', { priority: 5 });
      await enqueueFor(ADA, 'ada most urgent', { priority: 9 });
      expect((await claimKeys(2)).toSorted()).toEqual(['ada most urgent', 'ada urgent']);
      expect((await claimKeys(2)).toSorted()).toEqual(['ada 1', 'bob']);
      expect((await claimKeys(9)).toSorted()).toEqual(['ada 2', 'ada 3', 'ada 4']);
    });

    it('lets what recurs book itself, day after day, through failures, in one row', async () => {
      const seen: string[] = [];
      const handler = new Daily(kind, [{ name: 'tell', perform: async (job) => seen.push(job.runAt.toISOString().slice(0, 10)), commit: async (job) => {
        if (job.runAt.getTime() === NINE.getTime() + DAY_MS) throw new Error('not today');
      } }]);
      await book(h, kind, { maxAttempts: 1 });
      h.clock.freeze(NINE.getTime() + 3 * DAY_MS);
      await start(handler);
      await eventually(async () => expect((await findJob(h, kind))?.runAt).toEqual(new Date(NINE.getTime() + 4 * DAY_MS)));
      expect([...new Set(seen)]).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']);
      expect(handler.failures).toEqual(['one: Error']);
      expect((await findJob(h, kind))?.state).toBe('pending');
    });

    it('takes back what was done when a later step fails for good, the last first', async () => {
      const back: unknown[] = [];
      const handler = new TestHandler(kind, [
        { name: 'reserve', perform: async () => 'r1', compensate: async (job, output) => void back.push(['reserve', output, job.payload['n']]) },
        { name: 'pay', perform: async () => 'p1', compensate: async (_job, output) => void back.push(['pay', output]) },
        { name: 'send', perform: async () => { throw new TypeError('never'); }, compensate: async () => void back.push('send') },
      ]);
      await book(h, kind, { maxAttempts: 1, payload: { n: 4 } });
      await start(handler);
      await eventually(() => expect(back).toEqual([['pay', 'p1'], ['reserve', 'r1', 4]]));
      expect((await findJob(h, kind))?.state).toBe('failed');
    });

    it('shows how much is done', async () => {
      const hold = Promise.withResolvers<undefined>();
      await book(h, kind);
      await start(new TestHandler(kind, [{ name: 'long', perform: async (job) => {
        await job.tellProgress(0.4);
        await hold.promise;
        return null;
      } }]));
      await eventually(async () => expect((await findJob(h, kind))?.progress).toBeCloseTo(0.4));
      hold.resolve(undefined);
      await eventually(async () => expect((await findJob(h, kind))?.progress).toBe(1));
    });

    it('ends many light jobs, each once', async () => {
      const seen: string[] = [];
      for (let n = 0; n < 50; n += 1) await book(h, kind, { key: `k${n}` });
      await start(new TestHandler(kind, [{ name: 'tick', light: true, perform: async (job) => seen.push(job.key) }]), { concurrency: 20 });
      await eventually(async () => expect((await findJob(h, kind, 'k49'))?.state).toBe('done'));
      await eventually(() => expect(new Set(seen).size).toBe(50));
      expect(seen).toHaveLength(50);
    });

    it('is woken for what is due earlier than what it sleeps for', async () => {
      const seen: string[] = [];
      await book(h, kind, { key: 'later', runAt: new Date(NINE.getTime() + DAY_MS) });
      await start(new TestHandler(kind, [{ name: 'tick', light: true, perform: async (job) => seen.push(job.key) }]), { pollMs: 30_000 });
      await new Promise((resolve) => setTimeout(resolve, 150));
      await book(h, kind, { key: 'now' });
      await eventually(() => expect(seen).toEqual(['now']), { timeoutMs: 2_000 });
    });

    it('forgets what ended long ago, and nothing else', async () => {
      await book(h, kind, { key: 'old', runAt: new Date(NINE.getTime() - 1_000) });
      await book(h, kind, { key: 'open' });
      const [old] = await h.store.claim({ kinds: [kind], limit: 1, dueBy: NINE, leaseMs: 1_000 });
      await h.store.finishAll(old === undefined ? [] : [old]);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await asAda(() => h.store.sweep(60_000));
      expect((await findJob(h, kind, 'old'))?.state).toBe('done');
      await h.store.sweep(1);
      expect([await findJob(h, kind, 'old'), (await findJob(h, kind, 'open'))?.state]).toEqual([undefined, 'pending']);
    });
  });
}
