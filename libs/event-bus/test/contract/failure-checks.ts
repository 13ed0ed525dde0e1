import { expect } from '@jest/globals';
import { eventually } from '@selfos/testing';
import { BusUnavailable, EventRejected } from '../../src/index.js';
import { A, anEvent, QUICK, type Checks } from './harness.js';

/** What handlers throw when something is away: ours, a lost connection deep inside, a deadline. */
const OUTAGES: readonly Error[] = [
  ...Array.from({ length: 6 }, () => new BusUnavailable()),
  new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
  new DOMException('too long', 'TimeoutError'),
  new AggregateError([Object.assign(new Error('v6'), { code: 'ENETUNREACH' }), Object.assign(new Error('v4'), { code: 'ETIMEDOUT' })]),
];

/** What becomes of events whose handlers fail. */
export const failureChecks: Checks = {
  'tries a failing event again until it succeeds': async (bus) => {
    const one = await bus.open();
    const attempts: number[] = [];
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async (_event, { attempt }) => {
        attempts.push(attempt);
        if (attempt < 3) throw new Error('not yet');
      },
    });
    await one.publish([anEvent(A)]);
    await eventually(() => expect(attempts).toEqual([1, 2, 3]));
    expect(await one.deadLetters('g')).toEqual([]);
  },

  'gives up after five attempts, keeps the dead letter without any text of the error, and can replay it': async (bus) => {
    const one = await bus.open();
    const state = { attempts: 0, broken: true };
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async () => {
        state.attempts += 1;
        if (state.broken) throw new TypeError('secret words');
      },
    });
    const event = anEvent(A);
    await one.publish([event]);
    const [letter] = await eventually(async () => {
      const letters = await one.deadLetters('g');
      expect(letters).toHaveLength(1);
      return letters;
    }, { timeoutMs: 15_000 });
    expect(letter).toMatchObject({ event, attempts: 5, reason: 'TypeError' });
    expect(JSON.stringify(letter)).not.toContain('secret');
    expect(state.attempts).toBe(5);
    state.broken = false;
    expect(await one.replay('g', event.id)).toBe(true);
    await eventually(() => expect(state.attempts).toBe(6));
    await eventually(async () => expect(await one.deadLetters('g')).toEqual([]));
    expect(await one.replay('g', event.id)).toBe(false);
  },

  'buries what is invalid at once': async (bus) => {
    const one = await bus.open();
    const attempts: number[] = [];
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async (_event, { attempt }) => {
        attempts.push(attempt);
        throw new EventRejected();
      },
    });
    await one.publish([anEvent(A)]);
    await eventually(async () => expect(await one.deadLetters('g')).toMatchObject([{ attempts: 1, reason: 'event-bus.event.rejected' }]));
    expect(attempts).toEqual([1]);
  },

  'delays no other event by one that fails or hangs': async (bus) => {
    const one = await bus.open({ ...QUICK, handlerDeadlineMs: 20_000, leaseMs: 40_000, firstPauseMs: 60_000 });
    const poison = anEvent(A);
    const hanging = anEvent(A);
    const release: (() => void)[] = [];
    const seen = new Set<string>();
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async ({ id }) => {
        if (id === poison.id) throw new Error('broken');
        if (id === hanging.id) return new Promise<void>((resolve) => release.push(resolve));
        seen.add(id);
      },
    });
    const others = Array.from({ length: 40 }, () => anEvent(A));
    await one.publish([poison, hanging, ...others]);
    await eventually(() => expect(seen.size).toBe(40), { timeoutMs: 9_000 });
    for (const go of release) go();
  },

  'waits for as long as something that a handler needs is away, without counting it, and delays no other': async (bus) => {
    const one = await bus.open({ ...QUICK, longestPauseMs: 20 });
    const [waiting, tried, seen] = [anEvent(A), { times: 0, attempts: new Set<number>() }, new Set<string>()];
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async ({ id }, { attempt }) => {
        if (id !== waiting.id) return void seen.add(id);
        tried.attempts.add(attempt);
        tried.times += 1;
        const away = OUTAGES[tried.times - 1];
        if (away !== undefined) throw away;
        seen.add(id);
      },
    });
    const others = Array.from({ length: 40 }, () => anEvent(A));
    await one.publish([waiting, ...others.slice(0, 20)]);
    await eventually(() => expect(tried.times).toBeGreaterThan(2), { timeoutMs: 15_000 });
    await one.publish(others.slice(20));
    await eventually(() => expect(others.every(({ id }) => seen.has(id))).toBe(true));
    await eventually(() => expect(seen.has(waiting.id)).toBe(true), { timeoutMs: 12_000 });
    expect([tried.times, tried.attempts]).toEqual([OUTAGES.length + 1, new Set([1])]);
    expect(await one.deadLetters('g')).toEqual([]);
  },

  'gives up what has waited in vain more often than it may': async (bus) => {
    const one = await bus.open({ ...QUICK, longestPauseMs: 20, mostWaits: 3 });
    const tried = { times: 0 };
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async () => {
        tried.times += 1;
        throw new BusUnavailable();
      },
    });
    await one.publish([anEvent(A)]);
    await eventually(async () => expect(await one.deadLetters('g')).toMatchObject([{ attempts: 1, reason: BusUnavailable.code }]), { timeoutMs: 12_000 });
    expect(tried.times).toBe(4);
  },

  'counts after an outage what it counted before it': async (bus) => {
    const one = await bus.open({ ...QUICK, longestPauseMs: 20 });
    const attempts: number[] = [];
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async (_event, { attempt }) => {
        attempts.push(attempt);
        throw [2, 3, 6].includes(attempts.length) ? new BusUnavailable() : new TypeError('broken');
      },
    });
    await one.publish([anEvent(A)]);
    await eventually(async () => expect(await one.deadLetters('g')).toMatchObject([{ attempts: 5, reason: 'TypeError' }]), { timeoutMs: 20_000 });
    expect(attempts).toEqual([1, 2, 2, 2, 3, 4, 4, 5]);
  },

  'counts a handler that does not end as failed': async (bus) => {
    const one = await bus.open({ ...QUICK, maxAttempts: 1, handlerDeadlineMs: 50 });
    await one.subscribe({ group: 'g', types: [A], handler: () => new Promise(() => undefined) });
    await one.publish([anEvent(A)]);
    await eventually(async () => expect(await one.deadLetters('g')).toMatchObject([{ reason: 'event-bus.handler.too-slow' }]));
  },
};
