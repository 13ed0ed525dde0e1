import { Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { EventPattern, Payload } from '@nestjs/microservices';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { events, type EventOf } from '@selfos/contracts';
import { Clock, SystemClock, uuidv7 } from '@selfos/kernel';
import { Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { DatabaseContext, ForwardMigration, PersistenceModule, Transaction, userOwnedTable, WorkerDatabase } from '@selfos/persistence';
import { databaseFor, eventually, requireRealPart, startRedis, startRestartableRedis, type TestDatabase } from '@selfos/testing';
import type { INestApplication } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { connectEvents, EventBus, EventBusModule, EventPublisher, EventRejected, OutboxRelay } from '../src/index.js';

class CreateGreetings1763805600000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE greetings (id bigint GENERATED ALWAYS AS IDENTITY, user_id uuid NOT NULL, event_id uuid NOT NULL)`);
    await userOwnedTable(runner, 'greetings');
  }
}

const failing = new Set<string>();
const hopeless = new Set<string>();

@Controller()
class Greeter {
  constructor(@Inject(DatabaseContext) private readonly database: DatabaseContext) {}

  @EventPattern(events.userRegistered.type)
  async greet(@Payload() event: EventOf<'user.registered'>): Promise<void> {
    await this.database.manager().query('INSERT INTO greetings (user_id, event_id) VALUES ($1, $2)', [event.userid, event.id]);
    if (failing.delete(event.userid)) throw new Error('after the effect');
    if (hopeless.has(event.userid)) throw new EventRejected();
  }
}

const quiet = new Logger({ service: 'test', level: 'CRITICAL' });

@Module({
  providers: [
    { provide: Logger, useValue: quiet },
    { provide: Clock, useClass: SystemClock },
    { provide: Tracer, useValue: new Tracer({ service: 'auth' }) },
  ],
  exports: [Logger, Clock, Tracer],
})
class Basics {}

async function start(databaseUrl: string, redisUrl?: string): Promise<INestApplication> {
  const app = await NestFactory.create(
    {
      module: class Root {},
      controllers: [Greeter],
      imports: [
        { module: Basics, global: true },
        PersistenceModule.forService({ name: 'auth', databaseUrl, rows: [], migrations: [CreateGreetings1763805600000] }),
        EventBusModule.forService({ service: 'auth', databaseUrl, redisUrl }),
      ],
    },
    new FastifyAdapter(),
    { logger: false, abortOnError: false },
  );
  connectEvents(app);
  await app.init();
  await app.startAllMicroservices();
  return app;
}

function registerFor(app: INestApplication, user: string): Promise<string> {
  return runInContext(rootContext({ kind: 'request', id: 'r' }, { userId: user }), () =>
    app.get(Transaction).run(() => app.get(EventPublisher).publish(events.userRegistered, { aggregateId: user, data: { user_id: user, timezone: 'UTC' } })),
  );
}

/** A pool lets nobody wait for long. */
async function tenByTen(users: readonly string[], register: (user: string, index: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < users.length; from += 10) await Promise.all(users.slice(from, from + 10).map((user, index) => register(user, from + index)));
}

async function waiting(app: INestApplication): Promise<number | undefined> {
  const [row] = await app.get(WorkerDatabase).query<{ n: number }[]>('SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL');
  return row?.n;
}

/** From a use case's transaction to another service's handler, over both buses. */
function theWholeWay(redis: () => Promise<string | undefined>): void {
  const at: { database: TestDatabase | undefined; redisUrl: string | undefined } = { database: undefined, redisUrl: undefined };
  const apps: INestApplication[] = [];
  const launch = async () => {
    const app = await start(at.database?.url ?? '', at.redisUrl);
    apps.push(app);
    return app;
  };
  const register = registerFor;
  const greetings = async (app: INestApplication, user: string): Promise<number> =>
    runInContext(rootContext({ kind: 'system', id: 't' }, { userId: user }), () =>
      app.get(Transaction).run(async () => {
        const rows: unknown[] = await app.get(DatabaseContext).manager().query('SELECT event_id FROM greetings');
        return rows.length;
      }),
    );

  beforeAll(async () => {
    at.database = await databaseFor('outbox');
    at.redisUrl = await redis();
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });
  afterAll(() => at.database?.drop());

  it('makes the effect of an event once, although it is published and delivered again', async () => {
    const app = await launch();
    const user = uuidv7();
    const id = await register(app, user);
    await eventually(async () => expect(await greetings(app, user)).toBe(1));
    await app.get(WorkerDatabase).query('UPDATE outbox SET published_at = NULL WHERE id = $1', [id]);
    await app.get(OutboxRelay).relayBatch();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await greetings(app, user)).toBe(1);
  });

  it('undoes the effect of a handler that fails, and makes it on the next attempt', async () => {
    const app = await launch();
    const user = uuidv7();
    failing.add(user);
    await register(app, user);
    await eventually(async () => expect(await greetings(app, user)).toBe(1));
    expect(failing.has(user)).toBe(false);
  });

  it('says nothing of a transaction that is undone', async () => {
    const app = await launch();
    const user = uuidv7();
    const undone = app.get(Transaction).run(async () => {
      await runInContext(rootContext({ kind: 'request', id: 'r' }, { userId: user }), () => register(app, user));
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await greetings(app, user)).toBe(0);
  });

  it('shares the work among replicas: every event once, whoever relays and whoever handles', async () => {
    const replicas = [await launch(), await launch()];
    const users = Array.from({ length: 40 }, () => uuidv7());
    await tenByTen(users, (user, index) => register(replicas[index % 2] ?? replicas[0]!, user));
    const first = replicas[0]!;
    await eventually(async () => expect(await Promise.all(users.map((user) => greetings(first, user)))).toEqual(users.map(() => 1)), { timeoutMs: 30_000 });
    await eventually(async () => expect(await waiting(first)).toBe(0));
  });

  it('makes the effects of a batch for many people once, also when one of its events fails', async () => {
    const app = await launch();
    const users = Array.from({ length: 100 }, () => uuidv7());
    failing.add(users[37] ?? '');
    await tenByTen(users, (user) => register(app, user));
    await eventually(async () => expect(await Promise.all(users.map((user) => greetings(app, user)))).toEqual(users.map(() => 1)), { timeoutMs: 30_000 });
  });

  it('sees what a handler threw as it is: what is invalid is buried at once', async () => {
    const app = await launch();
    const user = uuidv7();
    hopeless.add(user);
    const id = await register(app, user);
    const letter = await eventually(async () => {
      const found = (await app.get(EventBus).deadLetters('auth')).find(({ event }) => event.id === id);
      expect(found).toBeDefined();
      return found;
    });
    expect(letter).toMatchObject({ attempts: 1, reason: 'event-bus.event.rejected' });
    expect(await greetings(app, user)).toBe(0);
  });

  it('buries an event that the catalogue does not describe, at once', async () => {
    const app = await launch();
    const user = uuidv7();
    const event = {
      specversion: '1.0', id: uuidv7(), source: '/auth', type: 'user.registered', time: new Date().toISOString(), datacontenttype: 'application/json',
      userid: user, aggregateid: user, seq: 1, dataversion: 9, data: { user_id: user, timezone: 'UTC' },
    };
    await app.get(EventBus).publish([event]);
    await eventually(async () => expect((await app.get(EventBus).deadLetters('auth')).filter((letter) => letter.event.id === event.id)).toMatchObject([{ attempts: 1, reason: 'event-bus.event.rejected' }]));
    expect(await greetings(app, user)).toBe(0);
  });
}

requireRealPart('postgres', 'redis')('a Redis that lost what it had acknowledged', () => {
  const at: { database: TestDatabase | undefined; app: INestApplication | undefined } = { database: undefined, app: undefined };
  beforeAll(async () => {
    at.database = await databaseFor('outbox_loss');
  });
  afterAll(async () => {
    await at.app?.close();
    await at.database?.drop();
  });

  it('gets the last 15 minutes again from the outbox, whatever had been handled', async () => {
    const redis = await startRestartableRedis();
    const app = await start(at.database?.url ?? '', redis.url);
    at.app = app;
    const users = Array.from({ length: 30 }, () => uuidv7());
    const taken: string[] = [];
    for (const user of users) await registerFor(app, user);
    await eventually(async () => expect(await waiting(app)).toBe(0));
    await redis.restart();
    await app.get(EventBus).subscribe({ group: 'late', types: [events.userRegistered.type], handler: async (event) => void taken.push(event.id) });
    await eventually(() => expect(new Set(taken).size).toBe(30), { timeoutMs: 30_000 });
    const greetings = () => app.get(WorkerDatabase).query<{ n: number }[]>("SELECT count(*)::int AS n FROM once WHERE scope = 'event:auth'");
    await eventually(async () => expect((await greetings())[0]?.n).toBe(30)); // taken is counted before the batch commits
  }, 120_000);
});

requireRealPart('postgres')('from the outbox to a handler, over PostgreSQL', () => theWholeWay(() => Promise.resolve(undefined)));
requireRealPart('postgres', 'redis')('from the outbox to a handler, over Redis', () => theWholeWay(() => startRedis()));
