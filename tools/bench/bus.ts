// The bus beside BullMQ: one Redis, one PostgreSQL, one process, interleaved rounds. Prints one JSON line.
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { checkedEvent, DEFAULT_POLICY, EventRunner, RedisStreamsEventBus, WrittenEvent, type BusEvent } from '@selfos/event-bus';
import { uuidv7 } from '@selfos/kernel';
import { currentContext, Logger, Tracer } from '@selfos/observability';
import { DatabaseContext, ForwardMigration, openDatabase, TypeormBatchTransaction, TypeormOnce, TypeormTransaction, userOwnedTable } from '@selfos/persistence';
import { databaseFor, startRedis } from '@selfos/testing/servers';
import type { QueryRunner } from 'typeorm';
import { interleaved, median, ratio } from './parts/rounds.js';

const size = process.argv.includes('ci') ? { events: 4_000, inserts: 1_500, rounds: 3, pending: 1_000 } : { events: 20_000, inserts: 6_000, rounds: 5, pending: 5_000 };
const LEASE_MS = 1_000;
const logger = new Logger({ service: 'bench', level: 'CRITICAL' });

class CreateEffects1763000009100 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE effects (id bigint GENERATED ALWAYS AS IDENTITY, user_id uuid NOT NULL, event_id uuid NOT NULL)');
    await userOwnedTable(runner, 'effects');
  }
}

function madeEvents(count: number): BusEvent[] {
  return Array.from({ length: count }, (_, n) => {
    const user = uuidv7();
    const event = {
      specversion: '1.0', id: uuidv7(), source: '/auth', type: 'user.registered', time: '2026-11-22T07:00:00.000Z', datacontenttype: 'application/json',
      userid: user, aggregateid: user, seq: n + 1, dataversion: 1, data: { user_id: user, timezone: 'Europe/Paris' },
    };
    return event;
  });
}

const redisUrl = await startRedis();
const admin = new Redis(redisUrl, { protocol: 2 });
const { hostname: host, port } = new URL(redisUrl);
const connection = { host, port: Number(port), maxRetriesPerRequest: null };
const open = await openDatabase({ name: 'bench', databaseUrl: (await databaseFor('bench')).url, rows: [], migrations: [CreateEffects1763000009100], poolSize: 12 });
const pool = new pg.Pool({ connectionString: open.address.adminUrl, max: 10 });
const database = new DatabaseContext();
const user = () => currentContext()?.userId;
const runner = new EventRunner({
  consumer: 'notify',
  transaction: new TypeormTransaction(open.app, database, user),
  batches: new TypeormBatchTransaction(open.app, database, user),
  once: new TypeormOnce(database),
  tracer: new Tracer({ service: 'notify' }),
});

/** Events a second from the first publish to the last acknowledgement. */
async function bullmq(events: readonly BusEvent[], handle: (event: BusEvent) => Promise<void>): Promise<number> {
  await admin.flushall();
  const queue = new Queue('events', { connection });
  const done = Promise.withResolvers<undefined>();
  let count = 0;
  const worker = new Worker('events', async ({ data }: { data: BusEvent }) => handle(data), { connection, concurrency: 100, removeOnComplete: { count: 0 } });
  worker.on('completed', () => void ((count += 1) === events.length && done.resolve(undefined)));
  await worker.waitUntilReady();
  const began = performance.now();
  for (let at = 0; at < events.length; at += 200) await queue.addBulk(events.slice(at, at + 200).map((data) => ({ name: 'event', data, opts: { removeOnComplete: true } })));
  await done.promise;
  const rate = (events.length / (performance.now() - began)) * 1_000;
  await worker.close();
  await queue.close();
  return rate;
}

/** The same with our bus: `packed` publishes as the relay does, 256 at a time and as the text that the outbox has; else each event on its own. */
async function ours(events: readonly BusEvent[], packed: boolean, batchHandler: (events: readonly BusEvent[], signal: AbortSignal) => Promise<void>): Promise<number> {
  await admin.flushall();
  const bus = new RedisStreamsEventBus({ url: redisUrl, logger, policy: { ...DEFAULT_POLICY, batchSize: 256 } });
  let count = 0;
  const done = Promise.withResolvers<undefined>();
  const counted = async (batch: readonly BusEvent[], signal: AbortSignal) => {
    await batchHandler(batch, signal);
    count += batch.length;
    if (count >= events.length) done.resolve(undefined);
  };
  await bus.subscribe({ group: 'notify', types: ['user.registered'], handler: (event) => counted([event], AbortSignal.timeout(5_000)), batchHandler: counted });
  const published = packed ? events.map((event) => new WrittenEvent(event.id, event.type, JSON.stringify(event))) : events;
  const began = performance.now();
  for (let at = 0; at < events.length; at += 256) {
    const chunk = published.slice(at, at + 256);
    await (packed ? bus.publish(chunk) : Promise.all(chunk.map((event) => bus.publish([event]))));
  }
  await done.promise;
  while (((await admin.call('XPENDING', 'events:user.registered', 'notify')) as [number])[0] > 0) await new Promise((resolve) => setImmediate(resolve));
  const rate = (events.length / (performance.now() - began)) * 1_000;
  await bus.close();
  return rate;
}

const validate = async (batch: readonly BusEvent[]) => {
  for (const event of batch) checkedEvent(event);
};
const insert = (event: { userid?: unknown; id: string }) => database.manager().query('INSERT INTO effects (user_id, event_id) VALUES ($1, $2)', [event.userid, event.id]).then(() => undefined);
const plainInsert = async (event: BusEvent) => {
  const checked = checkedEvent(event);
  await pool.query({ name: 'insert', text: 'INSERT INTO effects (user_id, event_id) VALUES ($1, $2)', values: [checked.userid, checked.id] });
};

/** Milliseconds beyond the lease until everything that a dead consumer had is handled. */
async function recovery(): Promise<number> {
  await admin.flushall();
  const bus = new RedisStreamsEventBus({ url: redisUrl, logger, policy: { ...DEFAULT_POLICY, leaseMs: LEASE_MS } });
  const events = madeEvents(size.pending);
  // the worst case: every event an entry of its own
  await Promise.all(events.map((event) => admin.xadd('events:user.registered', '*', 'events', JSON.stringify([event]))));
  await admin.xgroup('CREATE', 'events:user.registered', 'notify', '0', 'MKSTREAM');
  const wanted = new Set(events.map(({ id }) => id));
  const all = Promise.withResolvers<undefined>();
  const take = async (batch: readonly BusEvent[]) => {
    for (const { id } of batch) wanted.delete(id);
    if (wanted.size === 0) all.resolve(undefined);
  };
  await admin.call('XREADGROUP', 'GROUP', 'notify', 'killed', 'COUNT', size.pending, 'STREAMS', 'events:user.registered', '>');
  const died = performance.now();
  await bus.subscribe({ group: 'notify', types: ['user.registered'], handler: (event) => take([event]), batchHandler: take });
  // the replica that is to take over is at work meanwhile
  for (let n = 0; n < 40; n += 1) await bus.publish(madeEvents(100));
  await all.promise;
  const beyond = performance.now() - died - LEASE_MS;
  await bus.close();
  return beyond;
}

const streams = await interleaved(
  [
    { name: 'bullmq', run: () => bullmq(madeEvents(size.events), async (event) => void checkedEvent(event)) },
    { name: 'single', run: () => ours(madeEvents(size.events), false, validate) },
    { name: 'packed', run: () => ours(madeEvents(size.events), true, validate) },
    { name: 'packed, unread', run: () => ours(madeEvents(size.events), true, async () => undefined) },
    { name: 'bullmq + insert', run: () => bullmq(madeEvents(size.inserts), plainInsert) },
    { name: 'once + insert in batches', run: () => ours(madeEvents(size.inserts), true, (batch, signal) => runner.runTogether(batch, insert, signal)) },
    { name: 'recovery beyond the lease, ms', run: recovery },
  ],
  size.rounds,
);
const of = (name: string) => streams[name] ?? [];
const report = {
  benchmark: 'bus', rounds: size.rounds, events: size.events,
  median: Object.fromEntries(Object.entries(streams).map(([name, figures]) => [name, Math.round(median(figures))])),
  ratios: {
    'single / bullmq (goal 8)': ratio(of('single'), of('bullmq')),
    'packed / bullmq (goal 40)': ratio(of('packed'), of('bullmq')),
    'once + insert / bullmq + insert (goal 3)': ratio(of('once + insert in batches'), of('bullmq + insert')),
  },
};
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(0);
