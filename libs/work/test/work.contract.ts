import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineError } from '@selfos/kernel';
import { currentContext } from '@selfos/observability';
import { eventually } from '@selfos/testing';
import type { JsonValue, WorkRunner } from '../src/index.js';
import { ADA, asAda, book, findJob, leavesKey, NINE, QUICK, TestHandler } from './support.js';
import type { WorkHarness } from './work-harness.js';

class NotPossible extends defineError('spec.thing.not-possible', 'invalid', 'That cannot be done') {}

/** What holds for every pair of `Work` and `WorkStore`, seen from those who book and those who handle. */
export function workContract(adapter: string, open: () => Promise<WorkHarness>): void {
  describe(`work on ${adapter}`, () => {
    let h: WorkHarness;
    let runner: WorkRunner | undefined;
    let kind = 'spec.0';
    let count = 0;

    beforeAll(async () => {
      h = await open();
    });
    beforeEach(async () => {
      await runner?.stop();
      runner = undefined;
      count += 1;
      kind = `spec.${count}`;
      h.clock.freeze(NINE.getTime());
    });
    afterAll(async () => {
      await runner?.stop();
      await h.close();
    });

    const start = async (...handlers: TestHandler[]) => {
      runner = h.runner(handlers, QUICK);
      await runner.start();
    };
    const ends = (state: string, key = 'one') => eventually(async () => expect((await findJob(h, kind, key))?.state).toBe(state));
    const effects = async () => (await h.effects()).filter((text) => text.startsWith(`${kind}:`));

    it('runs a job once when the domain clock reaches its time', async () => {
      const key = `${kind}:later`;
      await book(h, kind, { key, runAt: new Date('2026-11-25T09:00:00Z') });
      await start(leavesKey(h, kind));
      await new Promise((resolve) => setTimeout(resolve, 80));
      expect(await effects()).toEqual([]);
      h.clock.freeze(Date.parse('2026-11-25T09:00:00Z'));
      await ends('done', key);
      expect(await effects()).toEqual([key]);
    });

    it('treats a second booking of the same kind and key as the same job, moved', async () => {
      const key = `${kind}:k`;
      expect(await book(h, kind, { key, runAt: new Date('2026-12-24T09:00:00Z') })).toBe('created');
      expect(await book(h, kind, { key })).toBe('moved');
      await start(leavesKey(h, kind));
      await ends('done', key);
      expect(await book(h, kind, { key })).toBe('kept');
      expect(await effects()).toEqual([key]);
    });

    it('does nothing of a cancelled job, and revives it when it is booked again', async () => {
      const key = `${kind}:k`;
      await book(h, kind, { key });
      const cancel = () => asAda(() => h.transaction.run(() => h.work.cancel(kind, key)));
      expect([await cancel(), await cancel()]).toEqual([true, false]);
      await start(leavesKey(h, kind));
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await effects()).toEqual([]);
      expect(await book(h, kind, { key })).toBe('revived');
      await ends('done', key);
      expect(await effects()).toEqual([key]);
    });

    it('books nothing when the transaction of the caller fails', async () => {
      const failing = asAda(() =>
        h.transaction.run(async () => {
          await h.work.enqueue({ kind, key: 'one', userId: ADA, runAt: NINE });
          throw new Error('no');
        }),
      );
      await expect(failing).rejects.toThrow('no');
      expect(await findJob(h, kind)).toBeUndefined();
    });

    it('hands the output of each step to the later ones', async () => {
      const seen: (JsonValue | undefined)[] = [];
      const handler = new TestHandler(kind, [
        { name: 'gather', perform: async (job) => ({ found: job.payload['n'] ?? 0 }) },
        { name: 'write', perform: async (job) => [job.output('gather') ?? null], commit: async (_job, output) => void seen.push(output) },
        { name: 'tell', commit: async (job) => void seen.push(job.output('write')) },
      ]);
      await book(h, kind, { payload: { n: 3 } });
      await start(handler);
      await ends('done');
      expect(seen).toEqual([[{ found: 3 }], [{ found: 3 }]]);
    });

    it('runs as the person of the job, caused by the job', async () => {
      const seen: unknown[] = [];
      await book(h, kind);
      await start(new TestHandler(kind, [{ name: 'look', commit: async (job) => void seen.push(currentContext()?.userId, currentContext()?.cause, job.id) }]));
      await ends('done');
      expect(seen).toEqual([ADA, { kind: 'job', id: seen[2] }, seen[2]]);
    });

    it('tries a failing step again without repeating the steps before it', async () => {
      const calls: string[] = [];
      const handler = new TestHandler(kind, [
        { name: 'first', perform: async () => calls.push('first') },
        { name: 'second', perform: async (job) => {
          calls.push(`second ${job.attempt}`);
          if (job.attempt < 2) throw new Error('not yet');
          return job.output('first') ?? null;
        } },
      ]);
      await book(h, kind);
      await start(handler);
      await ends('done');
      expect(calls).toEqual(['first', 'second 0', 'second 1', 'second 2']);
    });

    it('rolls the effects of a failed commit back and does not perform again', async () => {
      const calls: string[] = [];
      const handler = new TestHandler(kind, [
        { name: 'only', perform: async () => calls.push('performed'), commit: async (job) => {
          if (job.attempt === 0) throw new Error('not yet');
          await h.leaveEffect(`${kind}:done`);
        } },
      ]);
      await book(h, kind);
      await start(handler);
      await ends('done');
      expect(calls).toEqual(['performed']);
      expect(await effects()).toEqual([`${kind}:done`]);
    });

    it('gives up after the allowed tries and says so once', async () => {
      const handler = new TestHandler(kind, [{ name: 'only', perform: async () => { throw new TypeError('never'); } }]);
      await book(h, kind, { maxAttempts: 3 });
      await start(handler);
      await ends('failed');
      expect(handler.failures).toEqual(['one: TypeError']);
      expect((await findJob(h, kind))?.errorClass).toBe('TypeError');
    });

    it('gives up at once when the input itself is at fault', async () => {
      let tries = 0;
      const handler = new TestHandler(kind, [{ name: 'only', perform: async () => { tries += 1; throw new NotPossible(); } }]);
      await book(h, kind);
      await start(handler);
      await ends('failed');
      expect([tries, handler.failures]).toEqual([1, ['one: spec.thing.not-possible']]);
    });

    it('does each of 60 jobs once with two runners at work', async () => {
      const keys = Array.from({ length: 60 }, (_, n) => `${kind}:${String(n).padStart(2, '0')}`);
      for (const key of keys) await book(h, kind, { key });
      const second = h.runner([leavesKey(h, kind)], QUICK);
      await Promise.all([start(leavesKey(h, kind)), second.start()]);
      await eventually(async () => expect((await effects()).length).toBeGreaterThanOrEqual(60), { timeoutMs: 10_000 });
      await second.stop();
      expect((await effects()).sort()).toEqual(keys);
    });
  });
}
