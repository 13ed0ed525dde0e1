import { expect, it } from '@jest/globals';
import { eventually } from '@selfos/testing';
import { Transaction } from '@selfos/persistence';
import { LeaseLost, type JobFacts } from '../src/index.js';
import { Finisher } from '../src/runner/finisher.js';
import { Holding } from '../src/runner/holdings.js';
import { JobRun } from '../src/runner/job-run.js';
import { ADA, asAda, book, findJob, leavesKey, NINE, TestHandler, until } from './support.js';
import type { WorkHarness } from './work-harness.js';
import { workSuite } from './work-suite.js';

/** Stands for a process that ends right after the output was stored. */
class DeadTransaction extends Transaction {
  run<T>(): Promise<T> {
    return Promise.reject(new Error('killed'));
  }
}

function factsOf(job: JobFacts | undefined) {
  if (job === undefined) throw new Error('no job');
  const { id, kind, key, userId, payload, runAt, step, attempt, maxAttempts, priority, progress, checkpoint, errorClass } = job;
  return { id, kind, key, userId, payload, runAt, step, attempt, maxAttempts, priority, progress, checkpoint, errorClass };
}

/** What holds when runners die, stall or stop: nobody but the holder of the newest fence writes. */
export function workStoreContract(adapter: string, open: () => Promise<WorkHarness>): void {
  workSuite(`leases and fences on ${adapter}`, { name: 'fence', open }, (s) => {
    const claim = async (leaseMs = 40) => {
      const [claimed] = await s.h.store.claim({ kinds: [s.kind], limit: 1, dueBy: s.h.clock.now(), leaseMs });
      if (claimed === undefined) throw new Error('nothing to claim');
      return claimed;
    };
    const inTransaction = <T>(work: () => Promise<T>) => asAda(() => s.h.transaction.run(work));

    it('gives a held job to nobody else until its lease has run out', async () => {
      await book(s.h, s.kind);
      const held = await claim(60_000);
      expect(await s.h.store.claim({ kinds: [s.kind], limit: 1, dueBy: NINE, leaseMs: 40 })).toEqual([]);
      await s.h.store.renewAll([held], 1);
      await eventually(async () => expect((await claim()).abandoned).toBe(1));
    });

    it.each([
      ['short', {}],
      ['long', { payload: { ids: Array.from({ length: 60 }, (_, n) => `id ${n}`) } }],
      ['with tries of its own', { maxAttempts: 2 }],
    ])('claims a job that is %s as it was booked, and later as it stands', async (_, booked) => {
      const again = async () => {
        const job = await findJob(s.h, s.kind);
        const claimed = await claim(5_000);
        expect(factsOf(claimed)).toEqual(factsOf(job));
        return claimed;
      };
      await book(s.h, s.kind, { payload: { moved: 'not yet' } });
      await book(s.h, s.kind, { payload: { n: 1 }, ...booked });
      await s.h.store.release(await again());
      const second = await again();
      await s.h.store.saveProgress(second, 0.25);
      await s.h.store.release(second);
      const third = await again();
      expect(third).toMatchObject({ payload: { n: 1 }, ...booked, progress: 0.25 });
      await s.h.store.saveCheckpoint(third, { at: 3 });
      await inTransaction(() => s.h.store.pause(third, { delayMs: 0, errorClass: 'Broken', because: 'failure' }));
      const fourth = await again();
      expect(fourth).toMatchObject({ checkpoint: { at: 3 }, attempt: 1, errorClass: 'Broken' });
      await inTransaction(() => s.h.store.bookAgain(fourth, NINE));
      expect(await again()).toMatchObject({ checkpoint: undefined, attempt: 0, progress: 0, errorClass: undefined });
    });

    it('lets a renewed lease live on', async () => {
      await book(s.h, s.kind);
      const mine = await claim(40);
      expect(await s.h.store.renewAll([mine], 5_000)).toEqual(new Set());
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await s.h.store.claim({ kinds: [s.kind], limit: 1, dueBy: NINE, leaseMs: 40 })).toEqual([]);
      await s.h.store.release(mine);
      expect((await claim()).abandoned).toBe(0);
    });

    it('refuses every write of a paused runner after another has taken over, and its effect with it', async () => {
      await book(s.h, s.kind);
      const old = await claim(20);
      const fresh = await eventually(() => claim(5_000));
      const key = { step: 'leave', inputHash: '00' };
      const lateCommit = asAda(() =>
        s.h.transaction.run(async () => {
          await s.h.store.finish(old);
          await s.h.leaveEffect(`${s.kind}:old`);
        }),
      );
      await expect(lateCommit).rejects.toThrow(LeaseLost);
      await expect(s.h.store.beginStep(old, key, false)).rejects.toThrow(LeaseLost);
      await expect(s.h.store.saveStep(old, { ...key, output: 1 })).rejects.toThrow(LeaseLost);
      expect(await s.h.store.renewAll([old], 10)).toEqual(new Set([old.id]));
      await expect(inTransaction(() => s.h.store.pause(old, { delayMs: 1, errorClass: 'x', because: 'failure' }))).rejects.toThrow(LeaseLost);
      expect(await s.h.store.finishAll([old])).toEqual(new Set());
      await expect(s.h.store.saveCheckpoint(old, 1)).rejects.toThrow(LeaseLost);
      await inTransaction(() => s.h.store.finish(fresh));
      expect([(await findJob(s.h, s.kind))?.state, await s.effects()]).toEqual(['done', []]);
    });

    it('takes over from a runner that died between output and commit, and reuses the output', async () => {
      const performed: string[] = [];
      const handler = new TestHandler(s.kind, [
        { name: 'make', perform: async () => performed.push('make'), commit: (_job, output) => s.h.leaveEffect(`${s.kind}:${String(output)}`) },
      ]);
      await book(s.h, s.kind);
      const dying = new JobRun({ store: s.h.store, transaction: new DeadTransaction(), finisher: new Finisher(s.h.store) }, handler, new Holding(await claim(20)));
      await expect(dying.toEnd()).rejects.toThrow('killed');
      await s.start(handler);
      await s.ends('done');
      expect([performed, await s.effects()]).toEqual([['make'], [`${s.kind}:1`]]);
    });

    it('finds the checkpoint of a step that died, and drops it with the step', async () => {
      await book(s.h, s.kind);
      const dead = await claim(20);
      await s.h.store.saveCheckpoint(dead, { frame: 12 });
      const seen: unknown[] = [];
      await s.start(new TestHandler(s.kind, [
        { name: 'render', perform: async (job) => seen.push(job.checkpoint) },
        { name: 'tell', commit: async (job) => void seen.push(job.checkpoint) },
      ]));
      await s.ends('done');
      expect(seen).toEqual([{ frame: 12 }, undefined]);
    });

    it('stops a running job when it is cancelled, and keeps nothing of it', async () => {
      const seen: string[] = [];
      await book(s.h, s.kind);
      await s.start(new TestHandler(s.kind, [{ name: 'long', perform: async (job) => {
        seen.push('begun');
        await until(job.signal);
        return seen.push('told to stop');
      }, commit: () => s.h.leaveEffect(`${s.kind}:never`) }]), { leaseMs: 3_000 });
      await eventually(async () => expect(seen).toEqual(['begun']));
      await asAda(() => s.h.transaction.run(() => s.h.work.cancel(s.kind, 'one')));
      await eventually(async () => expect(seen).toEqual(['begun', 'told to stop']));
      expect([(await findJob(s.h, s.kind))?.state, await s.effects()]).toEqual(['cancelled', []]);
    });

    it('lets a running job end when it stops', async () => {
      let begun = false;
      await book(s.h, s.kind, { key: 'one' });
      await s.start(new TestHandler(s.kind, [{ name: 'short', perform: async () => {
        begun = true;
        await new Promise((resolve) => setTimeout(resolve, 60));
        return 1;
      } }]));
      await eventually(async () => expect(begun).toBe(true));
      await s.stop();
      expect((await findJob(s.h, s.kind))?.state).toBe('done');
    });

    it('gives a job back untouched when the grace is over, for the next runner to take at once', async () => {
      let begun = false;
      await book(s.h, s.kind);
      await s.start(new TestHandler(s.kind, [{ name: 'long', perform: async (job) => {
        begun = true;
        await until(job.signal);
        throw new Error('stopped');
      } }]), { graceMs: 10, leaseMs: 60_000 });
      await eventually(async () => expect(begun).toBe(true));
      await s.stop();
      const back = await findJob(s.h, s.kind);
      expect([back?.state, back?.attempt]).toEqual(['waiting', 0]);
      await s.start(leavesKey(s.h, s.kind));
      await s.ends('done');
    });

    it('gives a job up that keeps killing its runner', async () => {
      await book(s.h, s.kind);
      await claim(1);
      await eventually(() => claim(1));
      const handler = leavesKey(s.h, s.kind);
      await s.start(handler, { maxAbandoned: 1 });
      await s.ends('failed');
      expect([handler.failures, await s.effects()]).toEqual([['one: work.job.abandoned'], []]);
    });

    it('tells when the next job is due, whatever is in hand', async () => {
      const later = new Date('2026-11-23T10:00:00Z');
      await book(s.h, s.kind, { key: 'now' });
      await book(s.h, s.kind, { key: 'later', runAt: later });
      expect(await s.h.store.nextDue([s.kind])).toEqual(NINE);
      await claim(5_000);
      expect(await s.h.store.nextDue([s.kind])).toEqual(later);
      expect((await asAda(() => s.h.transaction.run(() => s.h.work.find(s.kind, 'later'))))?.userId).toBe(ADA);
    });
  });
}
