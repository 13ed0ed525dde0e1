import { expect } from '@jest/globals';
import { InMemoryBatchTransaction, InMemoryOnce, InMemoryTransaction } from '@selfos/persistence';
import { Tracer } from '@selfos/observability';
import { uuidv7 } from '@selfos/kernel';
import { eventually } from '@selfos/testing';
import { EventRunner, type BusEvent } from '../../src/index.js';
import { A, anEvent, B, QUICK, SHORT_LEASES, type Checks } from './harness.js';

/** A change of something, numbered, as producers publish them. */
interface Change extends BusEvent {
  readonly aggregate: string;
  readonly seq: number;
  readonly deleted: boolean;
}

/** What consumers keep: the newest change of each thing, its end included. */
function project(projection: Map<string, Change>, event: BusEvent): void {
  const change = event as Change;
  if ((projection.get(change.aggregate)?.seq ?? 0) < change.seq) projection.set(change.aggregate, change);
}

function shuffled<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, at: Math.random() })).toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

function validEvent(change: Record<string, unknown> = {}): BusEvent {
  const id = uuidv7();
  const event = {
    specversion: '1.0', id, source: '/auth', type: 'user.registered', time: '2026-01-05T07:00:00.000Z', datacontenttype: 'application/json',
    userid: id, aggregateid: id, seq: 1, dataversion: 1, data: { user_id: id, timezone: 'UTC' }, ...change,
  };
  return event;
}

/** What holds through disorder, repetition, death and overload. */
export const recoveryChecks: Checks = {
  'comes to the same projection from shuffled and repeated events as from their source': async (bus) => {
    const [one, other] = [await bus.open(), await bus.open()];
    const projection = new Map<string, Change>();
    for (const replica of [one, other]) await replica.subscribe({ group: 'g', types: [A, B], handler: async (event) => project(projection, event) });
    const source = new Map<string, Change>();
    const changes: Change[] = [];
    for (let n = 0; n < 200; n += 1) {
      const aggregate = `thing-${n % 17}`;
      const change = { ...anEvent(n % 2 === 0 ? A : B), aggregate, seq: n + 1, deleted: n > 190 };
      source.set(aggregate, change);
      changes.push(change);
    }
    const told = shuffled([...changes, ...changes.slice(0, 120)]);
    for (let at = 0; at < told.length; at += 40) await (at % 80 === 0 ? one : other).publish(told.slice(at, at + 40));
    await eventually(() => expect(new Map([...projection].toSorted())).toEqual(new Map([...source].toSorted())), { timeoutMs: 15_000 });
  },

  'gives what a consumer had in hand when it died to another': async (bus) => {
    const mortal = await bus.openMortal({ ...SHORT_LEASES, handlerDeadlineMs: 60_000 });
    const release: (() => void)[] = [];
    bus.atEnd(() => release.forEach((go) => go()));
    const begun: string[] = [];
    await mortal.bus.subscribe({
      group: 'g',
      types: [A],
      handler: async ({ id }) => {
        begun.push(id);
        await new Promise<void>((resolve) => release.push(resolve));
      },
    });
    const event = anEvent(A);
    await mortal.bus.publish([event]);
    await eventually(() => expect(begun).toEqual([event.id]));
    await mortal.kill();
    const heir = await bus.collect(await bus.open(SHORT_LEASES), 'g');
    await eventually(() => expect(heir.seen).toEqual([event]));
  },

  'skips no event that is stored earlier and committed later': async (bus) => {
    const one = await bus.open();
    const { seen } = await bus.collect(one, 'g');
    const [early, late] = [anEvent(A), anEvent(A)];
    const commit = bus.begin === undefined ? () => one.publish([early]) : await bus.begin(early);
    await one.publish([late]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await commit();
    await eventually(() => expect(seen.map(({ id }) => id).toSorted()).toEqual([early.id, late.id].toSorted()));
  },

  'runs no more handlers at once than it may, and leaves other replicas their share': async (bus) => {
    const bothAreThere = Promise.withResolvers<void>();
    bus.atEnd(() => bothAreThere.resolve());
    const running = new Map<string, number>();
    const most = new Map<string, number>();
    const share = new Map<string, Set<string>>([['busy', new Set()], ['helper', new Set()]]);
    const handler = (replica: string) => async ({ id }: BusEvent) => {
      running.set(replica, (running.get(replica) ?? 0) + 1);
      most.set(replica, Math.max(most.get(replica) ?? 0, running.get(replica) ?? 0));
      await bothAreThere.promise;
      await new Promise((resolve) => setTimeout(resolve, 15));
      running.set(replica, (running.get(replica) ?? 0) - 1);
      share.get(replica)?.add(id);
    };
    const policy = { ...QUICK, concurrency: 2, handlerDeadlineMs: 30_000, leaseMs: 60_000 };
    const [busy, helper] = [await bus.open(policy), await bus.open(policy)];
    await busy.subscribe({ group: 'g', types: [A], handler: handler('busy') });
    for (let n = 0; n < 240; n += 20) await busy.publish(Array.from({ length: 20 }, () => anEvent(A)));
    await helper.subscribe({ group: 'g', types: [A], handler: handler('helper') });
    bothAreThere.resolve();
    await eventually(() => expect(new Set([...share.values()].flatMap((ids) => [...ids])).size).toBe(240), { timeoutMs: 20_000 });
    expect([...most.values()].every((count) => count <= 2)).toBe(true);
    expect(share.get('helper')?.size).toBeGreaterThan(10);
  },

  'gives back what it has read and not begun when it closes': async (bus) => {
    const one = await bus.open({ ...QUICK, leaseMs: 60_000, handlerDeadlineMs: 30_000 });
    const mayEnd = Promise.withResolvers<void>();
    bus.atEnd(() => mayEnd.resolve());
    const [begun, done] = [new Set<string>(), new Set<string>()];
    const handler = async ({ id }: BusEvent) => {
      begun.add(id);
      await mayEnd.promise;
      done.add(id);
    };
    const first = await one.subscribe({ group: 'g', types: [A], handler });
    await one.publish(Array.from({ length: 60 }, () => anEvent(A)));
    await eventually(() => expect(begun.size).toBeGreaterThan(0));
    const atTheClose = begun.size;
    const closed = first.close();
    mayEnd.resolve();
    await closed;
    expect([begun.size, done.size]).toEqual([atTheClose, atTheClose]);
    expect(atTheClose).toBeLessThan(60);
    const heir = await bus.collect(await bus.open({ ...QUICK, leaseMs: 60_000 }), 'g');
    await eventually(() => expect(new Set([...done, ...heir.seen.map(({ id }) => id)]).size).toBe(60));
    if (bus.repeatsPublications !== true) expect(heir.seen.filter(({ id }) => done.has(id))).toEqual([]);
  },

  'takes a batch at once, and brings its events one by one when it fails': async (bus) => {
    const one = await bus.open({ ...QUICK, concurrency: 1 });
    const alone: string[] = [];
    const together: number[] = [];
    await one.subscribe({
      group: 'g',
      types: [A],
      handler: async ({ id }, { attempt }) => {
        if (attempt === 1) alone.push(id);
      },
      batchHandler: async (events) => {
        together.push(events.length);
        throw new Error('one of them is bad');
      },
    });
    const events = Array.from({ length: 50 }, () => anEvent(A));
    await one.publish(events);
    await eventually(() => expect(alone.toSorted()).toEqual(events.map(({ id }) => id).toSorted()));
    expect(together.some((count) => count > 1)).toBe(true);
  },

  'buries unknown types, unknown versions and data that does not fit at once': async (bus) => {
    const one = await bus.open();
    const parts = { transaction: new InMemoryTransaction(), batches: new InMemoryBatchTransaction(), once: new InMemoryOnce(), tracer: new Tracer({ service: 'notify' }) };
    const runner = new EventRunner({ consumer: 'notify', ...parts });
    const handled: string[] = [];
    const handle = async ({ id }: BusEvent) => void handled.push(id);
    const types = ['user.registered', 'user.imagined'];
    await one.subscribe({ group: 'notify', types, handler: (event) => runner.run(event, handle), batchHandler: (all, signal) => runner.runTogether(all, handle, signal) });
    const good = [validEvent(), validEvent()];
    const bad = [validEvent({ type: 'user.imagined' }), validEvent({ dataversion: 7 }), validEvent({ data: {} })];
    await one.publish([good[0], ...bad, good[1]].filter((event) => event !== undefined));
    await eventually(async () => {
      const letters = await one.deadLetters('notify');
      expect(letters.map(({ event }) => event.id).toSorted()).toEqual(bad.map(({ id }) => id).toSorted());
      expect(letters.every(({ attempts, reason }) => attempts === 1 && reason === 'event-bus.event.rejected')).toBe(true);
    });
    await eventually(() => expect(handled.toSorted()).toEqual(good.map(({ id }) => id).toSorted()));
  },
};
