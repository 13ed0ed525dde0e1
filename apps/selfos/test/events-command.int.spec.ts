import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openBus, PostgresEventBus, RedisStreamsEventBus, type BusEvent, type EventBus } from '@selfos/event-bus';
import { Logger } from '@selfos/observability';
import { databaseFor, eventually, requireRealPart, startRedis, type TestDatabase } from '@selfos/testing';
import { PubSubServer } from '@selfos/testing/pubsub';
import { eventsCommand } from '../src/operations/events/events-command.js';
import { OperationFailure } from '../src/operations/operation-failure.js';

const logger = new Logger({ service: 'spec', level: 'CRITICAL' });
const WORDS = 'call my sister about the will';
const USER = randomUUID();

function anEvent(type: string): BusEvent {
  const id = randomUUID();
  const event = { specversion: '1.0', id, type, source: '/backend', time: new Date().toISOString(), userid: USER, aggregateid: randomUUID(), dataversion: 1, data: { title: WORDS } };
  return event;
}

interface Place {
  readonly env: Record<string, string>;
  open(): EventBus | Promise<EventBus>;
}

/** The buses of a place, closed after each test, and the command beside them. */
function bedOn(at: () => Place) {
  const buses: EventBus[] = [];
  const open = async () => {
    const bus = await at().open();
    buses.push(bus);
    return bus;
  };
  const run = async (...words: string[]): Promise<string[]> => {
    const lines: string[] = [];
    await eventsCommand({ words, env: at().env, tell: (line) => lines.push(line) });
    expect(lines.join('\n')).not.toContain('sister');
    expect(lines.join('\n')).not.toContain(USER);
    return lines;
  };
  afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())));
  return { open, run };
}

/** A group whose handler refuses everything for as long as `broken` says. */
async function refusing(bus: EventBus, group: string, type: string) {
  const state = { broken: true, handled: [] as string[] };
  await bus.subscribe({ group, types: [type], handler: async ({ id }) => {
    if (state.broken) throw new RangeError(WORDS);
    state.handled.push(id);
  } });
  return state;
}

async function buried(bus: EventBus, group: string, count: number): Promise<void> {
  await eventually(async () => expect(await bus.deadLetters(group)).toHaveLength(count), { timeoutMs: 20_000 });
}

/** `selfos events` beside a bus that shows what is in it. */
function showsWhatIsOnItsWay(at: () => Place): void {
  const { open, run } = bedOn(at);

  it('shows what was published last, and goes on with what comes', async () => {
    const bus = await open();
    const events = Array.from({ length: 4 }, () => anEvent('tail.shown'));
    for (const event of events) {
      await bus.publish([event]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const lines = await run('tail', '--most', '3');
    expect(lines.map((line) => line.split(/ {2,}/)[1])).toEqual(events.slice(1).map(({ id }) => id));
    const seen: string[] = [];
    const late = anEvent('tail.shown');
    const stop = new Error('seen enough');
    const following = eventsCommand({ words: ['tail', '--most', '1', '--follow'], env: at().env, tell: (line) => {
      seen.push(line);
      if (line.includes(late.id)) throw stop;
    } });
    await eventually(() => expect(seen).toHaveLength(1));
    await bus.publish([late]);
    await expect(following).rejects.toBe(stop);
    expect(seen).toHaveLength(2);
  });

  it('says how far each group is behind, and what it has in hand', async () => {
    const bus = await open();
    const release = Promise.withResolvers<undefined>();
    await bus.subscribe({ group: 'hanging', types: ['lag.told'], handler: async () => void (await release.promise) });
    const [held] = [anEvent('lag.told')];
    await bus.publish([held]);
    await eventually(async () => expect((await run('pending')).find((line) => line.includes(held.id))).toMatch(/hanging +1 +0 +in hand/));
    const lines = await run('lag');
    expect(lines.find((line) => line.startsWith('hanging'))).toMatch(/^hanging +lag\.told +0 +1 +0 +-$/);
    release.resolve(undefined);
    await eventually(async () => expect((await run('pending')).some((line) => line.includes(held.id))).toBe(false));
  });

  it('shows what waits for something that is away', async () => {
    const bus = await open();
    const event = anEvent('away.told');
    await bus.subscribe({ group: 'waiting', types: ['away.told'], handler: async () => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    } });
    await bus.publish([event]);
    await eventually(async () => expect((await run('pending')).find((line) => line.includes(event.id))).toMatch(/waiting +1 +[1-9]\d* +(again in|due)/));
  });
}

/** `selfos events` beside any bus at work. */
function showsDeadLetters(at: () => Place): void {
  const { open, run } = bedOn(at);

  it('lists and shows dead letters by what they are, and never by what they hold', async () => {
    const bus = await open();
    const event = anEvent('dlq.shown');
    await refusing(bus, 'frail', 'dlq.shown');
    await bus.publish([event]);
    await buried(bus, 'frail', 1);
    const [heading, line] = await run('dlq', 'list', '--type', 'dlq.shown');
    expect(heading).toMatch(/^EVENT +TYPE +GROUP +ATTEMPTS +ERROR/);
    expect(line).toMatch(new RegExp(`^${event.id} +dlq\\.shown +frail +5 +RangeError +\\d+ s ago +[0-9a-f]{16}$`));
    expect((await run('dlq', 'show', event.id)).join('\n')).toMatch(/group +frail\nattempts +5\nerror +RangeError\n/);
    await expect(run('dlq', 'show', randomUUID())).rejects.toThrow(/There is no dead letter/);
  });

  it('replays dead letters to their group, of one type if asked, and changes nothing in a dry run', async () => {
    const bus = await open();
    const events = [anEvent('dlq.again'), anEvent('dlq.again'), anEvent('dlq.other')];
    const [again, other] = [await refusing(bus, 'again', 'dlq.again'), await refusing(bus, 'again', 'dlq.other')];
    await bus.publish(events);
    await buried(bus, 'again', 3);
    expect((await run('dlq', 'replay', '--type', 'dlq.again', '--dry-run')).at(-1)).toBe('2 would be replayed, nothing was changed');
    expect(await bus.deadLetters('again')).toHaveLength(3);
    Object.assign(again, { broken: false });
    Object.assign(other, { broken: false });
    expect((await run('dlq', 'replay', '--type', 'dlq.again')).at(-1)).toBe('2 replayed');
    await eventually(() => expect(again.handled.toSorted()).toEqual(events.slice(0, 2).map(({ id }) => id).toSorted()));
    expect(other.handled).toEqual([]);
    expect((await run('dlq', 'replay', events[2]?.id ?? '')).at(-1)).toBe('1 replayed');
    await eventually(() => expect(other.handled).toEqual([events[2]?.id]));
    expect(await bus.deadLetters('again')).toEqual([]);
  });

  it('drops a dead letter for good', async () => {
    const bus = await open();
    const event = anEvent('dlq.dropped');
    await refusing(bus, 'dropping', 'dlq.dropped');
    await bus.publish([event]);
    await buried(bus, 'dropping', 1);
    expect(await run('dlq', 'drop', event.id)).toEqual([`dropped  ${event.id}  dlq.dropped  dropping`]);
    expect(await bus.deadLetters('dropping')).toEqual([]);
    await expect(run('dlq', 'drop', event.id)).rejects.toThrow(/There is no dead letter/);
  });

  it.each([[[]], [['nonsense']], [['forget']], [['forget', '--all']], [['dlq']], [['dlq', 'show']], [['dlq', 'replay', '--nonsense']], [['dlq', 'list', 'x']], [['tail', '--most', 'x']]])('says how it is used when asked %j', async (words) => {
    await expect(run(...words)).rejects.toMatchObject({ exitCode: 64, message: expect.stringMatching(/^Use: npm run selfos -- events/) });
  });
}

function forgetsGroups(at: () => Place): void {
  const { open, run } = bedOn(at);

  it('forgets a group that is gone, with all it left behind, and none that is at work', async () => {
    const [bus, other] = [await open(), await open()];
    await refusing(bus, 'leaving', 'group.forgotten');
    const staying = await refusing(other, 'staying', 'group.forgotten');
    Object.assign(staying, { broken: false });
    const event = anEvent('group.forgotten');
    await bus.publish([event]);
    await buried(bus, 'leaving', 1);
    await expect(run('forget', 'leaving')).rejects.toThrow(/leaving is at work/);
    await bus.close();
    expect(await run('forget', 'leaving')).toEqual(['forgot  leaving']);
    await expect(run('forget', 'leaving')).rejects.toThrow(/Nobody called leaving/);
    expect([...(await run('lag')), ...(await run('dlq', 'list'))].filter((line) => line.includes('leaving'))).toEqual([]);
    expect(staying.handled).toEqual([event.id]);
  });
}

function commandOn(at: () => Place): void {
  showsWhatIsOnItsWay(at);
  showsDeadLetters(at);
  forgetsGroups(at);
}

const policy = { maxAttempts: 5, handlerDeadlineMs: 10_000, leaseMs: 20_000, firstPauseMs: 5, longestPauseMs: 400, mostWaits: 100, pollMs: 50, concurrency: 4, batchSize: 64, batchDeadlineMs: 5_000, mostInHand: 64 };

requireRealPart('postgres')('selfos events, over PostgreSQL', () => {
  const state: { database: TestDatabase | undefined } = { database: undefined };
  beforeAll(async () => {
    state.database = await databaseFor('operations');
  });
  afterAll(() => state.database?.drop());
  const url = () => state.database?.url ?? '';

  it('says that there is no bus where none was made yet', async () => {
    const asked = eventsCommand({ words: ['lag'], env: { DATABASE_URL: url() }, tell: () => undefined });
    await expect(asked).rejects.toMatchObject({ exitCode: 69, message: expect.stringMatching(/no event bus/) });
  });

  commandOn(() => ({ env: { DATABASE_URL: url() }, open: () => new PostgresEventBus({ databaseUrl: url(), logger, policy }) }));
});

requireRealPart('redis')('selfos events, over Redis', () => {
  const state = { url: '' };
  beforeAll(async () => void (state.url = await startRedis()));
  commandOn(() => ({ env: { REDIS_URL: state.url }, open: () => new RedisStreamsEventBus({ url: state.url, logger, policy }) }));
});

describe('selfos events, over Google Pub/Sub', () => {
  const server = new PubSubServer({ deadline: 1, backoff: 0.005 });
  const env = { PUBSUB_PROJECT_ID: 'a-project' };
  beforeAll(async () => {
    await server.start();
    process.env['PUBSUB_EMULATOR_HOST'] = `127.0.0.1:${server.port}`;
  });
  afterAll(() => {
    delete process.env['PUBSUB_EMULATOR_HOST'];
    server.stop();
  });

  showsDeadLetters(() => ({ env, open: () => openBus({ pubsubProject: env.PUBSUB_PROJECT_ID, databaseUrl: '' }, logger) }));

  it('shows those of groups that nobody runs, and makes nothing by looking', async () => {
    const bed = await openBus({ pubsubProject: 'another-project', databaseUrl: '' }, logger);
    await bed.subscribe({ group: 'left', types: ['dlq.left'], handler: () => Promise.reject(new RangeError(WORDS)) });
    const event = anEvent('dlq.left');
    await bed.publish([event]);
    await buried(bed, 'left', 1);
    await bed.close();
    const made = server.published().size;
    const lines: string[] = [];
    await eventsCommand({ words: ['dlq', 'list'], env: { PUBSUB_PROJECT_ID: 'another-project' }, tell: (line) => lines.push(line) });
    expect(lines.slice(1)).toEqual([expect.stringMatching(new RegExp(`^${event.id} +dlq\\.left +left +5 `))]);
    expect(server.published().size).toBe(made);
  });

  it.each([
    ['tail', /shows messages to subscribers only.*topics selfos\.<type>: topic\/send_message_operation_count/],
    ['lag', /does not count what is unread.*num_undelivered_messages.*subscriptions selfos\.<group>\.<type>/],
    ['pending', /does not say which events are in hand or wait.*num_undelivered_messages/],
    ['forget left', /nothing waits for a group that is gone.*selfos\.left\.<type>/],
  ])('says that Pub/Sub cannot do %s, and where to look', async (command, message) => {
    await expect(eventsCommand({ words: command.split(' '), env, tell: () => undefined })).rejects.toMatchObject({ exitCode: 1, message: expect.stringMatching(message) });
  });

  it.each([
    ['no Pub/Sub answers', { PUBSUB_EMULATOR_HOST: '127.0.0.1:1' }, /^Google Pub\/Sub does not answer, or not to these credentials. \(PUBSUB_PROJECT_ID: a-project\)$/],
    ['there are no credentials', { PUBSUB_EMULATOR_HOST: '', GOOGLE_APPLICATION_CREDENTIALS: '/nonexistent' }, /^The environment has no credentials for Google Pub\/Sub. \(PUBSUB_PROJECT_ID: a-project\)$/],
  ])('says so where %s', async (_what, around, message) => {
    const before = { PUBSUB_EMULATOR_HOST: process.env['PUBSUB_EMULATOR_HOST'] };
    Object.assign(process.env, around);
    const asked = eventsCommand({ words: ['dlq', 'list'], env, tell: () => undefined });
    await expect(asked).rejects.toMatchObject({ exitCode: 69, message: expect.stringMatching(message) });
    Object.assign(process.env, before);
  });
});

describe('selfos events, where nothing runs', () => {
  it.each([
    ['PostgreSQL', { DATABASE_URL: 'postgres://postgres:x@127.0.0.1:1/postgres' }, /does not answer/],
    ['Redis', { REDIS_URL: 'redis://127.0.0.1:1' }, /Redis of the event bus does not answer. \(REDIS_URL: 127.0.0.1:1\)/],
    ['SelfOS', { SELFOS_HOME: mkdtempSync(`${tmpdir()}/selfos-none-`) }, /No SelfOS is running/],
  ])('says so: no %s', async (_what, env, message) => {
    const asked = eventsCommand({ words: ['lag'], env, tell: () => undefined });
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.toBeInstanceOf(OperationFailure);
  });
});
