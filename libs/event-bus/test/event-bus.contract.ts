import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { eventually } from '@selfos/testing';
import { DEFAULT_POLICY, EventRejected, type BusEvent, type DeliveryPolicy, type EventBus } from '../src/index.js';

/** Impatient, so that five attempts take a moment. */
export const QUICK: DeliveryPolicy = { ...DEFAULT_POLICY, firstPauseMs: 5, pollMs: 50, handlerDeadlineMs: 400, leaseMs: 1_500 };

export interface BusUnderTest {
  /** A bus over the same storage as the others of this test. */
  open(policy: DeliveryPolicy): Promise<EventBus>;
  /** A fresh storage for the next test. */
  reset(): Promise<void>;
}

function anEvent(type: string, data: Record<string, unknown> = {}): BusEvent {
  const event = { specversion: '1.0', id: uuidv7(), type, data };
  return event;
}

const A = 'task.created';
const B = 'goal.achieved';

/** What every adapter of EventBus promises. */
export function eventBusContract(name: string, bus: BusUnderTest): void {
  describe(`EventBus: ${name}`, () => {
    const opened: EventBus[] = [];
    const open = async (policy: DeliveryPolicy = QUICK) => {
      const one = await bus.open(policy);
      opened.push(one);
      return one;
    };
    const collect = async (on: EventBus, group: string, types: readonly string[] = [A]) => {
      const seen: BusEvent[] = [];
      const subscription = await on.subscribe({ group, types, handler: async (event) => void seen.push(event) });
      return { seen, subscription };
    };

    beforeEach(() => bus.reset());
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
    });

    it('brings an event unchanged to every group', async () => {
      const one = await open();
      const [first, second] = [await collect(one, 'notify'), await collect(one, 'memory')];
      const event = anEvent(A, { nested: { list: [1, 'ü', null] } });
      await one.publish([event]);
      await eventually(() => expect([first.seen, second.seen]).toEqual([[event], [event]]));
    });

    it('begins a new group with the first event that was ever published', async () => {
      const one = await open();
      const before = [anEvent(A), anEvent(A), anEvent(B)];
      await one.publish(before);
      const { seen } = await collect(one, 'late', [A]);
      await eventually(() => expect(seen.map(({ id }) => id).toSorted()).toEqual(before.slice(0, 2).map(({ id }) => id).toSorted()));
    });

    it('brings only the types that the group asked for', async () => {
      const one = await open();
      const { seen } = await collect(one, 'g', [B]);
      const wanted = anEvent(B);
      await one.publish([anEvent(A), wanted, anEvent(A)]);
      await eventually(() => expect(seen).toEqual([wanted]));
    });

    it('goes on after its subscriber was away, without repeating what was taken', async () => {
      const one = await open();
      const first = await collect(one, 'g');
      const taken = anEvent(A);
      await one.publish([taken]);
      await eventually(() => expect(first.seen).toEqual([taken]));
      await first.subscription.close();
      const missed = anEvent(A);
      await one.publish([missed]);
      const second = await collect(await open(), 'g');
      await eventually(() => expect(second.seen).toEqual([missed]));
      expect(first.seen).toEqual([taken]);
    });

    it('shares events among the replicas of a group and never brings one to two at once', async () => {
      const running = new Set<string>();
      const counts = new Map<string, number>();
      const handler = async (event: BusEvent) => {
        expect(running.has(event.id)).toBe(false);
        running.add(event.id);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running.delete(event.id);
        counts.set(event.id, (counts.get(event.id) ?? 0) + 1);
      };
      const replicas = [await open(), await open(), await open()];
      const all = Array.from({ length: 150 }, () => anEvent(A));
      await replicas[0]?.publish(all.slice(0, 75));
      for (const replica of replicas) await replica.subscribe({ group: 'g', types: [A], handler });
      await Promise.all([replicas[1]?.publish(all.slice(75, 110)), replicas[2]?.publish(all.slice(110))]);
      await eventually(() => expect(counts.size).toBe(150), { timeoutMs: 15_000 });
      expect(new Set(counts.values())).toEqual(new Set([1]));
    });

    it('tries a failing event again until it succeeds', async () => {
      const one = await open();
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
    });

    it('gives up after five attempts, keeps the dead letter without any text of the error, and can replay it', async () => {
      const one = await open();
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
    });

    it('buries what is invalid at once', async () => {
      const one = await open();
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
    });

    it('delays no other event by one that fails or hangs', async () => {
      const one = await open({ ...QUICK, handlerDeadlineMs: 10_000, leaseMs: 20_000, firstPauseMs: 60_000 });
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
      await eventually(() => expect(seen.size).toBe(40), { timeoutMs: 3_000 });
      for (const go of release) go();
    });

    it('counts a handler that does not end as failed', async () => {
      const one = await open({ ...QUICK, maxAttempts: 1, handlerDeadlineMs: 50 });
      await one.subscribe({ group: 'g', types: [A], handler: () => new Promise(() => undefined) });
      await one.publish([anEvent(A)]);
      await eventually(async () => expect(await one.deadLetters('g')).toMatchObject([{ reason: 'event-bus.handler.too-slow' }]));
    });

    it('waits for running handlers when it closes', async () => {
      const one = await open();
      const done: string[] = [];
      const started: string[] = [];
      await one.subscribe({
        group: 'g',
        types: [A],
        handler: async ({ id }) => {
          started.push(id);
          await new Promise((resolve) => setTimeout(resolve, 100));
          done.push(id);
        },
      });
      await one.publish([anEvent(A)]);
      await eventually(() => expect(started).toHaveLength(1));
      await one.close();
      expect(done).toHaveLength(1);
    });
  });
}
