import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { rootContext, runInContext } from '@selfos/observability';
import { AsyncLocalStorage } from 'node:async_hooks';
import { DeadlineExceeded, DependencyUnavailable, NoSignOfLife, Overloaded } from '../problems/http.errors.js';
import { DependencyGuard } from './dependency-guard.js';
import type { DependencyLimits } from './dependency-limits.js';
import { RemoteProblem } from './remote-problem.js';

const REST_MS = 60_000;
const limits: DependencyLimits = { name: 'x', use: 'specs', timeoutMs: 1_000, retries: 2, breaker: { row: 3, restMs: REST_MS, longestRestMs: REST_MS }, bulkhead: { running: 2, waiting: 1 } };
const guard = (): DependencyGuard => new DependencyGuard(limits, (detail) => new DependencyUnavailable({ detail }));
const refused = { detail: 'It does not answer at present.' };

class Attempts {
  made = 0;

  failing(error: () => Error, times = Number.POSITIVE_INFINITY): () => Promise<string> {
    return () => {
      this.made += 1;
      return this.made <= times ? Promise.reject(error()) : Promise.resolve('done');
    };
  }
}

const problem = (code: string) => RemoteProblem.of(503, { type: 'x', title: 'x', status: 503, code });

describe('the guard of a dependency', () => {
  beforeEach(() => void jest.useFakeTimers({ advanceTimers: true, doNotFake: ['nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'clearImmediate', 'clearInterval', 'clearTimeout', 'hrtime'] }));
  afterEach(() => void jest.useRealTimers());

  it('leaves it alone after failures in a row, and lets one call try again for all', async () => {
    const one = guard();
    const down = (): Promise<never> => Promise.reject(new NoSignOfLife());
    for (const _ of [1, 2, 3]) await expect(one.run(true, down)).rejects.toThrow(NoSignOfLife);
    await expect(one.run(true, () => Promise.resolve('up'))).rejects.toMatchObject(refused);
    jest.setSystemTime(Date.now() + REST_MS + 1_000);
    let end: (text: string) => void = () => undefined;
    const trial = one.run(true, () => new Promise<string>((resolve) => (end = resolve)));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(one.run(true, () => Promise.resolve('up'))).rejects.toMatchObject(refused);
    end('up');
    expect(await trial).toBe('up');
    expect(await one.run(true, () => Promise.resolve('up'))).toBe('up');
  });

  it('takes what a service says of itself for no outage', async () => {
    const one = guard();
    for (let turn = 0; turn < 10; turn += 1) await expect(one.run(false, () => Promise.reject(problem('conversations.answer.unavailable')))).rejects.toThrow(RemoteProblem);
    expect(await one.run(true, () => Promise.resolve('up'))).toBe('up');
    const between = RemoteProblem.of(502, undefined);
    for (const _ of [1, 2, 3]) await expect(one.run(false, () => Promise.reject(between))).rejects.toThrow(RemoteProblem);
    await expect(one.run(true, () => Promise.resolve('up'))).rejects.toMatchObject(refused);
  });

  it('repeats what may be repeated or never arrived, and what was shed or hangs not at all', async () => {
    const made = async (repeatable: boolean, error: () => Error): Promise<number> => {
      const attempts = new Attempts();
      await guard().run(repeatable, attempts.failing(error, 2)).catch(() => undefined);
      return attempts.made;
    };
    const refusedConnection = () => new DependencyUnavailable({ cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
    expect(await made(true, () => new DependencyUnavailable())).toBe(3);
    expect(await made(false, () => new DependencyUnavailable())).toBe(1);
    expect(await made(false, refusedConnection)).toBe(3);
    expect(await made(true, () => problem(Overloaded.code))).toBe(1);
    expect(await made(true, () => new NoSignOfLife())).toBe(1);
  });

  it('has so many calls at once and so many waiting, each in the context of its caller', async () => {
    const one = guard();
    const who = new AsyncLocalStorage<string>();
    const ends: (() => void)[] = [];
    const seen: (string | undefined)[] = [];
    const call = (name: string): Promise<void> =>
      who.run(name, () =>
        one.run(true, async () => {
          seen.push(who.getStore());
          await new Promise<void>((resolve) => ends.push(resolve));
        }),
      );
    const calls = ['ada', 'ben', 'cleo'].map(call);
    await expect(call('dan')).rejects.toMatchObject({ code: 'http.service.overloaded', retryAfter: '2' });
    for (const _ of calls) {
      while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
      ends.shift()?.();
    }
    await Promise.all(calls);
    expect(seen).toEqual(['ada', 'ben', 'cleo']);
  });

  it('lets nobody wait for room beyond their deadline, and does not make their call later', async () => {
    const one = guard();
    const [ends, late]: [(() => void)[], Attempts] = [[], new Attempts()];
    const held = [1, 2].map(() => one.run(true, () => new Promise<void>((resolve) => ends.push(resolve))));
    const context = { ...rootContext({ kind: 'request', id: 'x' }), deadline: Date.now() + 20 };
    await expect(runInContext(context, () => one.run(true, late.failing(() => new Error('x'), 0)))).rejects.toBeInstanceOf(DeadlineExceeded);
    for (const end of ends) end();
    await Promise.all(held);
    expect(await one.run(true, () => Promise.resolve('next'))).toBe('next');
    expect(late.made).toBe(0);
  });
});
