import { expect } from '@jest/globals';
import { eventually } from '@selfos/testing';
import type { BusEvent } from '../../src/index.js';
import { A, anEvent, B, type Checks } from './harness.js';

/** Who gets what, and how often when all goes well. */
export const deliveryChecks: Checks = {
  'brings an event unchanged to every group': async (bus) => {
    const one = await bus.open();
    const [first, second] = [await bus.collect(one, 'notify'), await bus.collect(one, 'memory')];
    const event = anEvent(A, { nested: { list: [1, 'ü', null] } });
    await one.publish([event]);
    const news = (seen: readonly BusEvent[]) => (bus.repeatsPublications === true ? [...new Set(seen.map((one) => JSON.stringify(one)))].map((json) => JSON.parse(json) as BusEvent) : seen);
    await eventually(() => expect([first.seen, second.seen].map(news)).toEqual([[event], [event]]));
  },

  'begins a new group with the first event that was ever published': async (bus) => {
    const one = await bus.open();
    const before = [anEvent(A), anEvent(A), anEvent(B)];
    await one.publish(before);
    const { seen } = await bus.collect(one, 'late', [A]);
    await eventually(() => expect(seen.map(({ id }) => id).toSorted()).toEqual(before.slice(0, 2).map(({ id }) => id).toSorted()));
  },

  'brings only the types that the group asked for': async (bus) => {
    const one = await bus.open();
    const { seen } = await bus.collect(one, 'g', [B]);
    const wanted = anEvent(B);
    await one.publish([anEvent(A), wanted, anEvent(A)]);
    await eventually(() => expect(seen).toEqual([wanted]));
  },

  'goes on after its subscriber was away, without repeating what was taken': async (bus) => {
    const one = await bus.open();
    const first = await bus.collect(one, 'g');
    const taken = anEvent(A);
    await one.publish([taken]);
    await eventually(() => expect(first.seen).toEqual([taken]));
    await first.subscription.close();
    const missed = anEvent(A);
    await one.publish([missed]);
    const second = await bus.collect(await bus.open(), 'g');
    await eventually(() => expect(second.seen).toEqual([missed]));
    expect(first.seen).toEqual([taken]);
  },

  'shares events among the replicas of a group and never brings one to two at once': async (bus) => {
    const running = new Set<string>();
    const counts = new Map<string, number>();
    const handler = async (event: BusEvent) => {
      expect(running.has(event.id)).toBe(false);
      running.add(event.id);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running.delete(event.id);
      counts.set(event.id, (counts.get(event.id) ?? 0) + 1);
    };
    const replicas = [await bus.open(), await bus.open(), await bus.open()];
    const all = Array.from({ length: 150 }, () => anEvent(A));
    await replicas[0]?.publish(all.slice(0, 75));
    for (const replica of replicas) await replica.subscribe({ group: 'g', types: [A], handler });
    await Promise.all([replicas[1]?.publish(all.slice(75, 110)), replicas[2]?.publish(all.slice(110))]);
    await eventually(() => expect(counts.size).toBe(150), { timeoutMs: 15_000 });
    expect(new Set(counts.values())).toEqual(new Set([1]));
  },

  'waits for running handlers when it closes': async (bus) => {
    const one = await bus.open();
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
  },
};
