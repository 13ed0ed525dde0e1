import { expect, it } from '@jest/globals';
import { defineError } from '@selfos/kernel';
import { eventually } from '@selfos/testing';
import type { JobStep, JsonValue } from '../src/index.js';
import { asAda, book, findJob, NINE, TestHandler, until } from './support.js';
import type { WorkHarness } from './work-harness.js';
import { workSuite, type WorkSuite } from './work-suite.js';

class Away extends defineError('spec.thing.away', 'unavailable', 'It is away') {}

/** A reservation and a payment that can be taken back once `mayUndo` lets it, before a last step; `back` says what was, in order. */
function trip(s: WorkSuite, last: Partial<JobStep>, mayUndo?: Promise<unknown>) {
  const back: JsonValue[] = [];
  const done: string[] = [];
  const step = (name: string, output: string): JobStep => ({
    name,
    perform: async (job) => {
      done.push(`${name} ${String(job.payload['n'] ?? '')}`.trim());
      return output;
    },
    compensate: async (_job, known) => {
      await mayUndo;
      back.push([name, known ?? null]);
    },
  });
  return { back, done, handler: new TestHandler(s.kind, [step('reserve', 'r1'), step('pay', 'p1'), { name: 'send', ...last }]) };
}

/** What is taken back, what waits for something that is away, what an operator sets going again. */
export function workUndoContract(adapter: string, open: () => Promise<WorkHarness>): void {
  workSuite(`failures, outages and ends of work on ${adapter}`, { name: 'undo', open }, (s) => {
    const job = () => findJob(s.h, s.kind);
    const inTransaction = <T>(work: () => Promise<T>) => asAda(() => s.h.transaction.run(work));
    const cancel = () => inTransaction(() => s.h.work.cancel(s.kind, 'one'));
    const retry = () => inTransaction(() => s.h.work.retry(s.kind, 'one'));

    it('takes back what was done when a later step fails for good, the last first, and the step that may have done its work', async () => {
      const { back, handler } = trip(s, { perform: async () => { throw new TypeError('never'); }, compensate: async (_job, output) => void back.push(['send', output ?? null]) });
      await book(s.h, s.kind, { maxAttempts: 1 });
      await s.start(handler);
      await s.ends('compensated');
      expect(back).toEqual([['send', null], ['pay', 'p1'], ['reserve', 'r1']]);
      expect(await job()).toMatchObject({ after: 'failure', errorClass: 'TypeError' });
      expect(handler.failures).toEqual(['one: TypeError']);
    });

    it('takes back what was done when it is cancelled in the middle, and is booked anew from its beginning', async () => {
      const mayUndo = new AbortController();
      const { back, done, handler } = trip(s, { perform: async ({ signal, attempt, payload }) => {
        if (payload['n'] === 2) return attempt;
        await until(signal);
        throw new Error('told to stop');
      } }, until(mayUndo.signal));
      await book(s.h, s.kind);
      await s.start(handler, { leaseMs: 3_000 });
      await eventually(async () => expect((await job())?.step).toBe('send'));
      expect(await cancel()).toBe(true);
      expect((await job())?.state).toBe('compensating');
      expect(await book(s.h, s.kind)).toBe('kept');
      mayUndo.abort();
      await s.ends('compensated');
      expect([back, (await job())?.errorClass]).toEqual([[['pay', 'p1'], ['reserve', 'r1']], undefined]);
      expect([await cancel(), await retry()]).toEqual([false, false]);
      expect(await book(s.h, s.kind, { payload: { n: 2 } })).toBe('revived');
      await s.ends('done');
      expect(done).toEqual(['reserve', 'pay', 'reserve 2', 'pay 2']);
    });

    it('tries the taking back again, and fails for an operator to set it going', async () => {
      let mended = false;
      const taken: string[] = [];
      const handler = new TestHandler(s.kind, [
        { name: 'reserve', perform: async () => 1, compensate: async () => void taken.push('reserve') },
        { name: 'pay', perform: async () => 2, compensate: async () => {
          taken.push('pay');
          if (!mended) throw new RangeError('not now');
        } },
        { name: 'send', perform: async () => { throw new TypeError('never'); } },
      ]);
      await book(s.h, s.kind, { maxAttempts: 2 });
      await s.start(handler);
      await s.ends('failed');
      expect([taken, (await job())?.errorClass]).toEqual([['pay', 'pay'], 'RangeError']);
      mended = true;
      expect(await retry()).toBe(true);
      await s.ends('compensated');
      expect(taken).toEqual(['pay', 'pay', 'pay', 'reserve']);
    });

    it('sets a failed job going where it failed, with its outputs and all its tries, and one that was taken back from its beginning', async () => {
      let mended = false;
      const done: string[] = [];
      const handler = new TestHandler(s.kind, [
        { name: 'make', perform: async () => done.push('make') },
        { name: 'tell', perform: async (running) => {
          done.push(`tell ${running.attempt}`);
          if (!mended) throw new TypeError('never');
          return null;
        } },
      ]);
      await book(s.h, s.kind, { maxAttempts: 1 });
      await s.start(handler);
      await s.ends('failed');
      expect(await inTransaction(() => s.h.work.retry(s.kind, 'nobody'))).toBe(false);
      mended = true;
      expect([await retry(), await retry()]).toEqual([true, false]);
      await s.ends('done');
      expect([done, await retry()]).toEqual([['make', 'tell 0', 'tell 0'], false]);
    });

    it('leaves nothing to a runner that held the job before it was set going again', async () => {
      await book(s.h, s.kind);
      const [old] = await s.h.store.claim({ kinds: [s.kind], limit: 1, dueBy: NINE, leaseMs: 5_000 });
      if (old === undefined) throw new Error('nothing to claim');
      await inTransaction(() => s.h.store.fail(old, 'TypeError'));
      await retry();
      const [fresh] = await s.h.store.claim({ kinds: [s.kind], limit: 1, dueBy: NINE, leaseMs: 5_000 });
      expect(fresh?.fence).toBeGreaterThan(old.fence);
      expect(await s.h.store.finishAll([old])).toEqual(new Set());
    });

    it('waits for what is away without counting tries, says so, and goes on when it is there again', async () => {
      const tries: number[] = [];
      const waits: string[] = [];
      class Patient extends TestHandler {
        override async onWaiting({ key }: { key: string }): Promise<void> {
          waits.push(key);
        }
      }
      await book(s.h, s.kind, { maxAttempts: 2 });
      const errors: Error[] = [new Away(), Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), new DOMException('late', 'TimeoutError'), new Away(), new TypeError('its own')];
      await s.start(new Patient(s.kind, [{ name: 'ask', perform: async (running) => {
        tries.push(running.attempt);
        const error = errors[tries.length - 1];
        if (error === undefined) return null;
        throw error;
      } }]), { backoff: { baseMs: 1_000, capMs: 1_000 } });
      await eventually(async () => expect(await job()).toMatchObject({ state: 'waiting', waitsFor: 'dependency', attempt: 0, errorClass: 'spec.thing.away' }));
      await s.ends('done');
      expect([tries, waits]).toEqual([[0, 0, 0, 0, 0, 1], ['one', 'one', 'one', 'one']]);
    });

    it('gives up what is away for longer than the handler’s patience', async () => {
      const handler = new TestHandler(s.kind, [{ name: 'ask', perform: async (): Promise<JsonValue> => { throw new Away(); } }]);
      await book(s.h, s.kind, { maxAttempts: 1 });
      await s.start(Object.assign(handler, { patienceMs: 60 }));
      await s.ends('failed');
      expect(handler.failures).toEqual(['one: spec.thing.away']);
    });

    it('performs a step again when what it is given has changed, and takes the stored output when it has not', async () => {
      const made: JsonValue[] = [];
      const steps: JobStep[] = [{ name: 'make', perform: async ({ payload }) => {
        made.push(payload['n'] ?? 0);
        return { made: payload['n'] ?? 0 };
      } }, { name: 'use', perform: async () => { throw new TypeError('not yet'); } }];
      const handlers = [new TestHandler(s.kind, steps)];
      await book(s.h, s.kind, { payload: { n: 1 } });
      await s.start(handlers, { backoff: { baseMs: 60_000, capMs: 60_000 } });
      await eventually(async () => expect((await job())?.state).toBe('waiting'));
      await s.stop();
      for (const n of [1, 2, 1]) {
        await cancel();
        await book(s.h, s.kind, { payload: { n } });
        await s.start(handlers, { backoff: { baseMs: 60_000, capMs: 60_000 } });
        await eventually(async () => expect((await job())?.state).toBe('waiting'));
        await s.stop();
      }
      expect(made).toEqual([1, 2]);
    });
  });
}
