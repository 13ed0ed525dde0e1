import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@selfos/testing';
import { Transaction } from '@selfos/persistence';
import { LeaseLost, type WorkRunner } from '../src/index.js';
import { Finisher } from '../src/runner/finisher.js';
import { JobRun } from '../src/runner/job-run.js';
import { ADA, asAda, book, findJob, leavesKey, NINE, QUICK, TestHandler, until } from './support.js';
import type { WorkHarness } from './work-harness.js';

/** Stands for a process that ends right after the output was stored. */
class DeadTransaction extends Transaction {
  run<T>(): Promise<T> {
    return Promise.reject(new Error('killed'));
  }
}

/** What holds when runners die, stall or stop: nobody but the holder of the newest fence writes. */
export function workStoreContract(adapter: string, open: () => Promise<WorkHarness>): void {
  describe(`leases and fences on ${adapter}`, () => {
    let h: WorkHarness;
    let runner: WorkRunner | undefined;
    let kind = 'fence.0';
    let count = 0;

    beforeAll(async () => {
      h = await open();
    });
    beforeEach(async () => {
      await runner?.stop();
      runner = undefined;
      count += 1;
      kind = `fence.${count}`;
      h.clock.freeze(NINE.getTime());
    });
    afterAll(async () => {
      await runner?.stop();
      await h.close();
    });

    const claim = async (leaseMs = 40) => {
      const [claimed] = await h.store.claim({ kinds: [kind], limit: 1, dueBy: h.clock.now(), leaseMs });
      if (claimed === undefined) throw new Error('nothing to claim');
      return claimed;
    };
    const start = async (handler: TestHandler, options = {}) => {
      runner = h.runner([handler], { ...QUICK, ...options });
      await runner.start();
    };
    const ends = (state: string) => eventually(async () => expect((await findJob(h, kind))?.state).toBe(state));
    const effects = async () => (await h.effects()).filter((text) => text.startsWith(`${kind}:`));

    it('gives a held job to nobody else until its lease has run out', async () => {
      await book(h, kind);
      await claim(40);
      expect(await h.store.claim({ kinds: [kind], limit: 1, dueBy: NINE, leaseMs: 40 })).toEqual([]);
      await eventually(async () => expect((await claim()).abandoned).toBe(1));
    });

    it('lets a renewed lease live on', async () => {
      await book(h, kind);
      const mine = await claim(40);
      await h.store.renew(mine, 5_000);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(await h.store.claim({ kinds: [kind], limit: 1, dueBy: NINE, leaseMs: 40 })).toEqual([]);
      await h.store.release(mine);
      expect((await claim()).abandoned).toBe(0);
    });

    it('refuses every write of a paused runner after another has taken over, and its effect with it', async () => {
      await book(h, kind);
      const old = await claim(20);
      const fresh = await eventually(() => claim(5_000));
      const key = { step: 'leave', inputHash: '00' };
      const lateCommit = asAda(() =>
        h.transaction.run(async () => {
          await h.store.advance(old, undefined);
          await h.leaveEffect(`${kind}:old`);
        }),
      );
      await expect(lateCommit).rejects.toThrow(LeaseLost);
      await expect(h.store.beginStep(old, key)).rejects.toThrow(LeaseLost);
      await expect(h.store.saveStep(old, { ...key, output: 1 })).rejects.toThrow(LeaseLost);
      await expect(h.store.renew(old, 10)).rejects.toThrow(LeaseLost);
      await expect(h.store.retryLater(old, { delayMs: 1, errorClass: 'x' })).rejects.toThrow(LeaseLost);
      await expect(h.store.saveCheckpoint(old, 1)).rejects.toThrow(LeaseLost);
      await asAda(() => h.transaction.run(() => h.store.advance(fresh, undefined)));
      expect([(await findJob(h, kind))?.state, await effects()]).toEqual(['done', []]);
    });

    it('takes over from a runner that died between output and commit, and reuses the output', async () => {
      const performed: string[] = [];
      const handler = new TestHandler(kind, [
        { name: 'make', perform: async () => performed.push('make'), commit: (_job, output) => h.leaveEffect(`${kind}:${String(output)}`) },
      ]);
      await book(h, kind);
      const dying = new JobRun({ store: h.store, transaction: new DeadTransaction(), finisher: new Finisher(h.store) }, handler, await claim(20));
      await expect(dying.toEnd(new AbortController().signal)).rejects.toThrow('killed');
      await start(handler);
      await ends('done');
      expect([performed, await effects()]).toEqual([['make'], [`${kind}:1`]]);
    });

    it('finds the checkpoint of a step that died, and drops it with the step', async () => {
      await book(h, kind);
      const dead = await claim(20);
      await h.store.saveCheckpoint(dead, { frame: 12 });
      const seen: unknown[] = [];
      await start(new TestHandler(kind, [
        { name: 'render', perform: async (job) => seen.push(job.checkpoint) },
        { name: 'tell', commit: async (job) => void seen.push(job.checkpoint) },
      ]));
      await ends('done');
      expect(seen).toEqual([{ frame: 12 }, undefined]);
    });

    it('stops a running job when it is cancelled, and keeps nothing of it', async () => {
      const seen: string[] = [];
      await book(h, kind);
      await start(new TestHandler(kind, [{ name: 'long', perform: async (job) => {
        seen.push('begun');
        await until(job.signal);
        return seen.push('told to stop');
      }, commit: () => h.leaveEffect(`${kind}:never`) }]), { leaseMs: 60 });
      await eventually(async () => expect(seen).toEqual(['begun']));
      await asAda(() => h.transaction.run(() => h.work.cancel(kind, 'one')));
      await eventually(async () => expect(seen).toEqual(['begun', 'told to stop']));
      expect([(await findJob(h, kind))?.state, await effects()]).toEqual(['cancelled', []]);
    });

    it('lets a running job end when it stops', async () => {
      let begun = false;
      await book(h, kind, { key: 'one' });
      await start(new TestHandler(kind, [{ name: 'short', perform: async () => {
        begun = true;
        await new Promise((resolve) => setTimeout(resolve, 60));
        return 1;
      } }]));
      await eventually(async () => expect(begun).toBe(true));
      await runner?.stop();
      expect((await findJob(h, kind))?.state).toBe('done');
    });

    it('gives a job back untouched when the grace is over, for the next runner to take at once', async () => {
      let begun = false;
      await book(h, kind);
      await start(new TestHandler(kind, [{ name: 'long', perform: async (job) => {
        begun = true;
        await until(job.signal);
        throw new Error('stopped');
      } }]), { graceMs: 10, leaseMs: 60_000 });
      await eventually(async () => expect(begun).toBe(true));
      await runner?.stop();
      const back = await findJob(h, kind);
      expect([back?.state, back?.attempt]).toEqual(['pending', 0]);
      await start(leavesKey(h, kind));
      await ends('done');
    });

    it('gives a job up that keeps killing its runner', async () => {
      await book(h, kind);
      await claim(1);
      await eventually(() => claim(1));
      const handler = leavesKey(h, kind);
      await start(handler, { maxAbandoned: 1 });
      await ends('failed');
      expect([handler.failures, await effects()]).toEqual([['one: work.job.abandoned'], []]);
    });

    it('tells when the next job is due, whatever is in hand', async () => {
      const later = new Date('2026-11-23T10:00:00Z');
      await book(h, kind, { key: 'now' });
      await book(h, kind, { key: 'later', runAt: later });
      expect(await h.store.nextDue([kind])).toEqual(NINE);
      await claim(5_000);
      expect(await h.store.nextDue([kind])).toEqual(later);
      expect((await asAda(() => h.transaction.run(() => h.work.find(kind, 'later'))))?.userId).toBe(ADA);
    });
  });
}
