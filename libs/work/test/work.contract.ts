import { expect, it } from '@jest/globals';
import { defineError } from '@selfos/kernel';
import { currentContext } from '@selfos/observability';
import { eventually } from '@selfos/testing';
import type { JsonValue } from '../src/index.js';
import { ADA, asAda, book, findJob, leavesKey, NINE, QUICK, TestHandler } from './support.js';
import type { WorkHarness } from './work-harness.js';
import { workSuite } from './work-suite.js';

class NotPossible extends defineError('spec.thing.not-possible', 'invalid', 'That cannot be done') {}

/** What holds for every pair of `Work` and `WorkStore`, seen from those who book and those who handle. */
export function workContract(adapter: string, open: () => Promise<WorkHarness>): void {
  workSuite(`work on ${adapter}`, { name: 'spec', open }, (s) => {
    it('runs a job once when the domain clock reaches its time', async () => {
      const key = `${s.kind}:later`;
      await book(s.h, s.kind, { key, runAt: new Date('2026-11-25T09:00:00Z') });
      await s.start(leavesKey(s.h, s.kind));
      await new Promise((resolve) => setTimeout(resolve, 80));
      expect(await s.effects()).toEqual([]);
      s.h.clock.freeze(Date.parse('2026-11-25T09:00:00Z'));
      await s.ends('done', key);
      expect(await s.effects()).toEqual([key]);
    });

    it('treats a second booking of the same kind and key as the same job, moved', async () => {
      const key = `${s.kind}:k`;
      expect(await book(s.h, s.kind, { key, runAt: new Date('2026-12-24T09:00:00Z') })).toBe('created');
      expect(await book(s.h, s.kind, { key })).toBe('moved');
      await s.start(leavesKey(s.h, s.kind));
      await s.ends('done', key);
      expect(await book(s.h, s.kind, { key })).toBe('kept');
      expect(await s.effects()).toEqual([key]);
    });

    it('does nothing of a cancelled job, and revives it when it is booked again', async () => {
      const key = `${s.kind}:k`;
      await book(s.h, s.kind, { key });
      const cancel = () => asAda(() => s.h.transaction.run(() => s.h.work.cancel(s.kind, key)));
      expect([await cancel(), await cancel()]).toEqual([true, false]);
      await s.start(leavesKey(s.h, s.kind));
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await s.effects()).toEqual([]);
      expect(await book(s.h, s.kind, { key })).toBe('revived');
      await s.ends('done', key);
      expect(await s.effects()).toEqual([key]);
    });

    it('books nothing when the transaction of the caller fails', async () => {
      const failing = asAda(() =>
        s.h.transaction.run(async () => {
          await s.h.work.enqueue({ kind: s.kind, key: 'one', userId: ADA, runAt: NINE });
          throw new Error('no');
        }),
      );
      await expect(failing).rejects.toThrow('no');
      expect(await findJob(s.h, s.kind)).toBeUndefined();
    });

    it('hands the output of each step to the later ones', async () => {
      const seen: (JsonValue | undefined)[] = [];
      const handler = new TestHandler(s.kind, [
        { name: 'gather', perform: async (job) => ({ found: job.payload['n'] ?? 0 }) },
        { name: 'write', perform: async (job) => [job.output('gather') ?? null], commit: async (_job, output) => void seen.push(output) },
        { name: 'tell', commit: async (job) => void seen.push(job.output('write')) },
      ]);
      await book(s.h, s.kind, { payload: { n: 3 } });
      await s.start(handler);
      await s.ends('done');
      expect(seen).toEqual([[{ found: 3 }], [{ found: 3 }]]);
    });

    it('runs as the person of the job, caused by the job', async () => {
      const seen: unknown[] = [];
      await book(s.h, s.kind);
      await s.start(new TestHandler(s.kind, [{ name: 'look', commit: async (job) => void seen.push(currentContext()?.userId, currentContext()?.cause, job.id) }]));
      await s.ends('done');
      expect(seen).toEqual([ADA, { kind: 'job', id: seen[2] }, seen[2]]);
    });

    it('tries a failing step again without repeating the steps before it', async () => {
      const calls: string[] = [];
      const handler = new TestHandler(s.kind, [
        { name: 'first', perform: async () => calls.push('first') },
        { name: 'second', perform: async (job) => {
          calls.push(`second ${job.attempt}`);
          if (job.attempt < 2) throw new Error('not yet');
          return job.output('first') ?? null;
        } },
      ]);
      await book(s.h, s.kind);
      await s.start(handler);
      await s.ends('done');
      expect(calls).toEqual(['first', 'second 0', 'second 1', 'second 2']);
    });

    it('rolls the effects of a failed commit back and does not perform again', async () => {
      const calls: string[] = [];
      const handler = new TestHandler(s.kind, [
        { name: 'only', perform: async () => calls.push('performed'), commit: async (job) => {
          if (job.attempt === 0) throw new Error('not yet');
          await s.h.leaveEffect(`${s.kind}:done`);
        } },
      ]);
      await book(s.h, s.kind);
      await s.start(handler);
      await s.ends('done');
      expect(calls).toEqual(['performed']);
      expect(await s.effects()).toEqual([`${s.kind}:done`]);
    });

    it('gives up after the allowed tries and says so once', async () => {
      const handler = new TestHandler(s.kind, [{ name: 'only', perform: async () => { throw new TypeError('never'); } }]);
      await book(s.h, s.kind, { maxAttempts: 3 });
      await s.start(handler);
      await s.ends('failed');
      expect(handler.failures).toEqual(['one: TypeError']);
      expect((await findJob(s.h, s.kind))?.errorClass).toBe('TypeError');
    });

    it('gives up at once when the input itself is at fault', async () => {
      let tries = 0;
      const handler = new TestHandler(s.kind, [{ name: 'only', perform: async () => { tries += 1; throw new NotPossible(); } }]);
      await book(s.h, s.kind);
      await s.start(handler);
      await s.ends('failed');
      expect([tries, handler.failures]).toEqual([1, ['one: spec.thing.not-possible']]);
    });

    it('does each of 60 jobs once with two runners at work', async () => {
      const keys = Array.from({ length: 60 }, (_, n) => `${s.kind}:${String(n).padStart(2, '0')}`);
      for (const key of keys) await book(s.h, s.kind, { key });
      const second = s.h.runner([leavesKey(s.h, s.kind)], QUICK);
      await Promise.all([s.start(leavesKey(s.h, s.kind)), second.start()]);
      await eventually(async () => expect((await s.effects()).length).toBeGreaterThanOrEqual(60), { timeoutMs: 10_000 });
      await second.stop();
      expect((await s.effects()).sort()).toEqual(keys);
    });
  });
}
