import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { eventually, requireRealPart, startFaultProxy, startRedis, startRestartableRedis } from '@selfos/testing';
import { eventBusContract, QUICK, SHORT_LEASES } from '../../test/event-bus.contract.js';
import { RedisStreamsEventBus } from './redis-streams-event-bus.js';

const logger = new Logger({ service: 'test', level: 'CRITICAL' });

requireRealPart('redis')('on Redis', () => {
  const server: { url: string; admin: Redis | undefined } = { url: '', admin: undefined };
  const buses: RedisStreamsEventBus[] = [];
  const open = () => {
    const bus = new RedisStreamsEventBus({ url: server.url, logger, policy: SHORT_LEASES });
    buses.push(bus);
    return bus;
  };

  beforeAll(async () => {
    server.url = await startRedis();
    server.admin = new Redis(server.url, { protocol: 2 });
  });
  afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())));
  afterAll(() => server.admin?.disconnect());

  eventBusContract('Redis Streams', {
    open: async (policy) => new RedisStreamsEventBus({ url: server.url, logger, policy }),
    openMortal: async (policy) => {
      const proxy = await startFaultProxy(Number(new URL(server.url).port));
      return { bus: new RedisStreamsEventBus({ url: proxy.through(server.url), logger, policy }), kill: async () => proxy.cut(true) };
    },
    reset: async () => void (await server.admin?.flushall()),
  });

  it('gives what a dead consumer left to another when the lease is over', async () => {
    const bus = open();
    const event = { id: uuidv7(), type: 'left.behind' };
    await server.admin?.xgroup('CREATE', 'events:left.behind', 'g', '0', 'MKSTREAM');
    await bus.publish([event]);
    await server.admin?.call('XREADGROUP', 'GROUP', 'g', 'dead', 'COUNT', 1, 'STREAMS', 'events:left.behind', '>');
    const seen: number[] = [];
    await bus.subscribe({ group: 'g', types: ['left.behind'], handler: async (_event, { attempt }) => void seen.push(attempt) });
    await eventually(() => expect(seen).toEqual([2]));
    await eventually(async () => expect((await server.admin?.xpending('events:left.behind', 'g'))?.[0]).toBe(0));
  });

  it('brings an event again whose outcome it could not store, while it goes on itself', async () => {
    const proxy = await startFaultProxy(Number(new URL(server.url).port));
    // back only when the client has given up: an outcome that was stored after all comes to nobody again
    const whenGivenUp = { write: (line: string) => (line.includes('could not be stored') ? proxy.heal() : undefined) };
    const told = new Logger({ service: 'test', level: 'WARNING', destination: whenGivenUp });
    const bus = new RedisStreamsEventBus({ url: proxy.through(server.url), logger: told, policy: { ...QUICK, leaseMs: 4_000 } });
    buses.push(bus);
    const attempts: number[] = [];
    const handler = async (_event: unknown, { attempt }: { attempt: number }) => {
      attempts.push(attempt);
      if (attempt === 1) proxy.cut(true);
    };
    await bus.subscribe({ group: 'g', types: ['un.stored'], handler });
    await bus.publish([{ id: uuidv7(), type: 'un.stored' }]);
    await eventually(() => expect(attempts).toEqual([1, 2]), { timeoutMs: 20_000 });
    await eventually(async () => expect((await server.admin?.xpending('events:un.stored', 'g'))?.[0]).toBe(0));
  });

  it('goes on through new connections when the old ones say nothing any more', async () => {
    const proxy = await startFaultProxy(Number(new URL(server.url).port));
    const bus = new RedisStreamsEventBus({ url: proxy.through(server.url), logger, policy: QUICK, silenceMs: 1_000 });
    buses.push(bus);
    const seen: string[] = [];
    await bus.subscribe({ group: 'g', types: ['si.lent'], handler: async ({ id }) => void seen.push(id) });
    proxy.blackHole();
    const event = { id: uuidv7(), type: 'si.lent' };
    const published = bus.publish([event]);
    proxy.healForNewOnes();
    await published;
    await eventually(() => expect(new Set(seen)).toEqual(new Set([event.id])));
  });

  it('gives up what a server that takes connections and says nothing leaves unanswered, and closes', async () => {
    const proxy = await startFaultProxy(Number(new URL(server.url).port));
    const bus = new RedisStreamsEventBus({ url: proxy.through(server.url), logger, policy: QUICK, silenceMs: 500 });
    await bus.subscribe({ group: 'g', types: ['de.af'], handler: async () => undefined });
    proxy.blackHole();
    const published = await Promise.allSettled(['one', 'two'].map(() => bus.publish([{ id: uuidv7(), type: 'de.af' }])));
    expect(published.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await bus.close();
  });

  it('buries an entry that is no event', async () => {
    const bus = open();
    await bus.subscribe({ group: 'g', types: ['odd.one'], handler: async () => undefined });
    await server.admin?.xadd('events:odd.one', '*', 'event', '"nonsense"');
    await eventually(async () => expect(await bus.deadLetters('g')).toMatchObject([{ reason: 'event-bus.event.rejected' }]));
  });

  it('makes its groups again after the server lost everything', async () => {
    const bus = open();
    const seen: string[] = [];
    await bus.subscribe({ group: 'g', types: ['after.loss'], handler: async ({ id }) => void seen.push(id) });
    await server.admin?.flushall();
    const event = { id: uuidv7(), type: 'after.loss' };
    await bus.publish([event]);
    await eventually(() => expect(seen).toEqual([event.id]));
  });

  it('leaves no consumer behind', async () => {
    const bus = open();
    const subscription = await bus.subscribe({ group: 'tidy', types: ['t.u'], handler: async () => undefined });
    await bus.publish([{ id: uuidv7(), type: 't.u' }]);
    await eventually(async () => expect(await server.admin?.call('XINFO', 'CONSUMERS', 'events:t.u', 'tidy')).toHaveLength(1));
    await subscription.close();
    expect(await server.admin?.call('XINFO', 'CONSUMERS', 'events:t.u', 'tidy')).toEqual([]);
  });

  it('packs events of one type that are published together, and keeps them apart when one fails', async () => {
    const bus = open();
    const all = Array.from({ length: 100 }, () => ({ id: uuidv7(), type: 'p.q' }));
    await bus.publish(all);
    expect(await server.admin?.xlen('events:p.q')).toBe(2);
    const seen: string[] = [];
    await bus.subscribe({
      group: 'g',
      types: ['p.q'],
      handler: async ({ id }) => {
        if (id === all[5]?.id) throw new Error('broken');
        seen.push(id);
      },
    });
    await eventually(async () => expect(await bus.deadLetters('g')).toMatchObject([{ event: all[5], attempts: 5 }]));
    expect(seen.toSorted()).toEqual(all.filter((event) => event !== all[5]).map(({ id }) => id).toSorted());
    await eventually(async () => expect((await server.admin?.xpending('events:p.q', 'g'))?.[0]).toBe(0));
  });

  it('splits an entry whose consumers die, so that only the event that kills them becomes a dead letter', async () => {
    const bus = open();
    const all = Array.from({ length: 10 }, () => ({ id: uuidv7(), type: 'k.l' }));
    await server.admin?.xgroup('CREATE', 'events:k.l', 'g', '0', 'MKSTREAM');
    await bus.publish(all);
    await server.admin?.call('XREADGROUP', 'GROUP', 'g', 'dead', 'COUNT', 1, 'STREAMS', 'events:k.l', '>');
    await server.admin?.call('XAUTOCLAIM', 'events:k.l', 'g', 'dead too', 0, '0-0');
    const attempts: number[] = [];
    await bus.subscribe({ group: 'g', types: ['k.l'], handler: async (_event, { attempt }) => void attempts.push(attempt) });
    await eventually(() => expect(attempts).toEqual(all.map(() => 3)));
    await eventually(async () => expect(await server.admin?.zcard('events:retry:k.l:g')).toBe(0));
  });

  it('brings what a dead consumer left in batches, and what two left one by one', async () => {
    const bus = open();
    await server.admin?.xgroup('CREATE', 'events:o.p', 'g', '0', 'MKSTREAM');
    for (let n = 0; n < 20; n += 1) await bus.publish([{ id: uuidv7(), type: 'o.p' }]);
    await server.admin?.call('XREADGROUP', 'GROUP', 'g', 'dead', 'COUNT', 20, 'STREAMS', 'events:o.p', '>');
    await server.admin?.call('XAUTOCLAIM', 'events:o.p', 'g', 'dead too', 0, '0-0', 'COUNT', 8);
    const alone: number[] = [];
    const together: number[] = [];
    await bus.subscribe({
      group: 'g',
      types: ['o.p'],
      handler: async (_event, { attempt }) => void alone.push(attempt),
      batchHandler: async (events) => void together.push(events.length),
    });
    await eventually(async () => expect((await server.admin?.xpending('events:o.p', 'g'))?.[0]).toBe(0));
    expect(alone.filter((attempt) => attempt === 3)).toHaveLength(8);
    expect(Math.max(...together)).toBeGreaterThan(1);
    expect(together.reduce((a, b) => a + b, alone.length)).toBe(20);
  });

  it('acknowledges entries that were deleted while a dead consumer had them', async () => {
    const bus = open();
    await server.admin?.xgroup('CREATE', 'events:m.n', 'g', '0', 'MKSTREAM');
    await bus.publish([{ id: uuidv7(), type: 'm.n' }]);
    await server.admin?.call('XREADGROUP', 'GROUP', 'g', 'dead', 'COUNT', 1, 'STREAMS', 'events:m.n', '>');
    await server.admin?.xtrim('events:m.n', 'MAXLEN', 0);
    await bus.subscribe({ group: 'g', types: ['m.n'], handler: async () => undefined });
    await eventually(async () => expect((await server.admin?.xpending('events:m.n', 'g'))?.[0]).toBe(0));
  });

  it('trims what every group has settled, and nothing from the oldest pending entry on', async () => {
    const bus = new RedisStreamsEventBus({ url: server.url, logger, policy: QUICK, keptMs: 0 });
    buses.push(bus);
    const [settled, pending, unread] = [uuidv7(), uuidv7(), uuidv7()].map((id) => ({ id, type: 't.v' }));
    for (const group of ['quick', 'slow']) await server.admin?.xgroup('CREATE', 'events:t.v', group, '0', 'MKSTREAM');
    const done = new Set<string>();
    await bus.subscribe({ group: 'quick', types: ['t.v'], handler: async ({ id }) => void done.add(id) });
    for (const event of [settled, pending, unread]) await bus.publish(event === undefined ? [] : [event]);
    await eventually(() => expect(done.size).toBe(3));
    const read = () => server.admin?.call('XREADGROUP', 'GROUP', 'slow', 'c', 'COUNT', 1, 'STREAMS', 'events:t.v', '>') as Promise<[[string, [string, string[]][]]]>;
    const first = await read();
    await server.admin?.xack('events:t.v', 'slow', first[0][1][0]?.[0] ?? '');
    await read();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await bus.trim();
    const left = (await server.admin?.xrange('events:t.v', '-', '+'))?.map(([, fields]) => fields[1] ?? '') ?? [];
    expect(left).toEqual([pending, unread].map((event) => JSON.stringify([event])));
  });

  it('trims what nobody reads, once it is old enough', async () => {
    const left = async () => (await server.admin?.xrange('events:no.reader', '-', '+'))?.length;
    const trimmer = (keptMs: number) => {
      const bus = new RedisStreamsEventBus({ url: server.url, logger, policy: QUICK, keptMs });
      buses.push(bus);
      return bus;
    };
    const [patient, prompt] = [trimmer(3_600_000), trimmer(0)];
    for (const bus of [patient, prompt]) await bus.publish([{ id: uuidv7(), type: 'no.reader' }]);
    await patient.trim();
    expect(await left()).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await prompt.trim();
    expect(await left()).toBe(0);
  });

  it('begins a new life when the server was restarted, and only then', async () => {
    const own = await startRestartableRedis();
    const bus = new RedisStreamsEventBus({ url: own.url, logger, policy: QUICK });
    buses.push(bus);
    const [before, again] = [await bus.epoch(), await bus.epoch()];
    await own.restart();
    await eventually(async () => expect(await bus.epoch()).not.toBe(before));
    expect(again).toBe(before);
  });
});
