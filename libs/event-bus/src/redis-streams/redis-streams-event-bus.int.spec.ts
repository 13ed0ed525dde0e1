import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { eventually, requireRealPart, startRedis } from '@selfos/testing';
import { eventBusContract, QUICK } from '../../test/event-bus.contract.js';
import { RedisStreamsEventBus } from './redis-streams-event-bus.js';

const logger = new Logger({ service: 'test', level: 'CRITICAL' });

requireRealPart('redis')('on Redis', () => {
  const server: { url: string; admin: Redis | undefined } = { url: '', admin: undefined };
  const buses: RedisStreamsEventBus[] = [];
  const open = () => {
    const bus = new RedisStreamsEventBus({ url: server.url, logger, policy: QUICK });
    buses.push(bus);
    return bus;
  };

  beforeAll(async () => {
    server.url = await startRedis();
    server.admin = new Redis(server.url);
  });
  afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())));
  afterAll(() => server.admin?.disconnect());

  eventBusContract('Redis Streams', {
    open: async (policy) => new RedisStreamsEventBus({ url: server.url, logger, policy }),
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
});
