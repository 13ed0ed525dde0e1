import { expect, it } from '@jest/globals';
import { rootContext, runInContext } from '@selfos/observability';
import { eventually } from '@selfos/testing';
import type { Job } from '../src/index.js';
import { ADA, asAda, book, findJob, NINE, TestHandler } from './support.js';
import type { WorkHarness } from './work-harness.js';
import { workSuite } from './work-suite.js';

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
  workSuite(`order and ends of work on ${adapter}`, { name: 'order', open }, (s) => {
    const enqueueFor = (userId: string, key: string, more: { priority?: number; runAt?: Date } = {}) =>
      runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId }), () => s.h.transaction.run(() => s.h.work.enqueue({ kind: s.kind, key, userId, runAt: NINE, ...more })));
    const claimKeys = async (limit: number) => (await s.h.store.claim({ kinds: [s.kind], limit, dueBy: s.h.clock.now(), leaseMs: 5_000 })).map(({ key }) => key);

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
      const handler = new Daily(s.kind, [{ name: 'tell', perform: async (job) => seen.push(job.runAt.toISOString().slice(0, 10)), commit: async (job) => {
        if (job.runAt.getTime() === NINE.getTime() + DAY_MS) throw new Error('not today');
      } }]);
      await book(s.h, s.kind, { maxAttempts: 1 });
      s.h.clock.freeze(NINE.getTime() + 3 * DAY_MS);
      await s.start(handler);
      await eventually(async () => expect((await findJob(s.h, s.kind))?.runAt).toEqual(new Date(NINE.getTime() + 4 * DAY_MS)));
      expect([...new Set(seen)]).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']);
      expect(handler.failures).toEqual(['one: Error']);
      expect((await findJob(s.h, s.kind))?.state).toBe('booked');
    });

    it('shows how much is done', async () => {
      const hold = Promise.withResolvers<undefined>();
      await book(s.h, s.kind);
      await s.start(new TestHandler(s.kind, [{ name: 'long', perform: async (job) => {
        await job.tellProgress(0.4);
        await hold.promise;
        return null;
      } }]));
      await eventually(async () => expect((await findJob(s.h, s.kind))?.progress).toBeCloseTo(0.4));
      hold.resolve(undefined);
      await eventually(async () => expect((await findJob(s.h, s.kind))?.progress).toBe(1));
    });

    it('ends many light jobs, each once', async () => {
      const seen: string[] = [];
      for (let n = 0; n < 50; n += 1) await book(s.h, s.kind, { key: `k${n}` });
      await s.start(new TestHandler(s.kind, [{ name: 'tick', light: true, perform: async (job) => seen.push(job.key) }]), { concurrency: 20 });
      await eventually(async () => expect((await findJob(s.h, s.kind, 'k49'))?.state).toBe('done'));
      await eventually(() => expect(new Set(seen).size).toBe(50));
      expect(seen).toHaveLength(50);
    });

    it('is woken for what is due earlier than what it sleeps for', async () => {
      const seen: string[] = [];
      await book(s.h, s.kind, { key: 'later', runAt: new Date(NINE.getTime() + DAY_MS) });
      await s.start(new TestHandler(s.kind, [{ name: 'tick', light: true, perform: async (job) => seen.push(job.key) }]), { pollMs: 30_000 });
      await new Promise((resolve) => setTimeout(resolve, 150));
      await book(s.h, s.kind, { key: 'now' });
      await eventually(() => expect(seen).toEqual(['now']));
    });

    it('forgets what ended long ago, and nothing else', async () => {
      await book(s.h, s.kind, { key: 'old', runAt: new Date(0) });
      await book(s.h, s.kind, { key: 'open' });
      const [old] = await s.h.store.claim({ kinds: [s.kind], limit: 1, dueBy: NINE, leaseMs: 1_000 });
      await s.h.store.finishAll(old === undefined ? [] : [old]);
      await new Promise((resolve) => setTimeout(resolve, 10));
      await asAda(() => s.h.store.sweep(60_000));
      expect((await findJob(s.h, s.kind, 'old'))?.state).toBe('done');
      await s.h.store.sweep(1);
      expect([await findJob(s.h, s.kind, 'old'), (await findJob(s.h, s.kind, 'open'))?.state]).toEqual([undefined, 'booked']);
    });
  });
}
