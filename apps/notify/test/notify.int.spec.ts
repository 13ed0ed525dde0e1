import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { commonConfig, loadConfig } from '@selfos/config';
import { events, routes, type Contract, type EventDefinition, type InnerInput } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { connectEvents, EventBus } from '@selfos/event-bus';
import { InternalClient, ServiceDirectory, ServiceTokens, startService, type RunningService } from '@selfos/http';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { manifest } from '../src/index.js';
import { NotifyModule } from '../src/notify.module.js';
import { ADA, BOB, TASK, TITLE } from './builders.js';

const ALL_TASK_FIELDS = {
  id: TASK, title: TITLE, life_areas: ['health' as const], priority: 3, energy_required: 3, duration_minutes: 30, due_date: null, recurring_pattern: 'FREQ=DAILY',
  start_date: '2026-11-23', scheduled_time: '07:00', timezone: 'Europe/Paris', parent_goal_id: null, plan_id: null, status: 'open' as const, version: 1,
};

requireRealPart('postgres')('notify over HTTP and the bus', () => {
  const home = mkdtempSync(join(tmpdir(), 'notify-'));
  const clock = new MovableClock();
  const directory = new ServiceDirectory();
  const logged: string[] = [];
  let database: TestDatabase;
  let replicas: RunningService[] = [];
  let client: InternalClient;
  let tokens: ServiceTokens;
  let seq = 0;

  const launch = async () => {
    const config = loadConfig(commonConfig, { SELFOS_HOME: home, PORT: '0', DATABASE_URL: database.url });
    const logger = new Logger({ service: 'notify', destination: { write: (line: string) => void logged.push(line) } });
    const service = await startService({ manifest, config, module: NotifyModule.with(config), clock, logger, directory });
    if (service.app.getMicroservices().length === 0) {
      connectEvents(service.app);
      await service.app.startAllMicroservices();
    }
    return service;
  };

  beforeAll(async () => {
    clock.freeze(Date.parse('2026-11-22T20:00:00Z'));
    database = await databaseFor('notify_app');
    replicas = [await launch(), await launch()];
    tokens = new ServiceTokens('gateway', new KeyFolder(join(home, 'keys', 'services')));
    client = new InternalClient({ tokens, directory, tracer: new Tracer({ service: 'gateway' }), calls: ['notify'] });
  });
  afterAll(async () => {
    await client.close();
    await Promise.all(replicas.map((service) => service.close()));
    await database.drop();
  });

  const as = async <T>(userId: string, work: () => Promise<T>): Promise<T> => {
    const userToken = await tokens.forPerson({ userId, sessionId: 's', permissions: ['read:own_data', 'write:own_data'], tier: 'standard', lifetimeSeconds: 60 });
    return runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId, userToken }), work);
  };
  const inbox = (userId = ADA, query = {}) => as(userId, () => client.call(routes.listNotifications, { query: { limit: 100, ...query } }));

  /** How the task with this id is known, for each person that has one. */
  async function followed(taskId: string): Promise<string[]> {
    const sql = new pg.Client({ connectionString: `${database.url}_notify` });
    await sql.connect();
    const { rows } = await sql.query<{ status: string }>('SELECT status FROM followed_tasks WHERE task_id = $1', [taskId]);
    await sql.end();
    return rows.map(({ status }) => status);
  }

  async function happens<T extends string, C extends Contract>(definition: EventDefinition<T, C>, about: string | { readonly id: string; readonly of: string }, data: InnerInput<C>): Promise<void> {
    seq += 1;
    const { id, of } = typeof about === 'string' ? { id: about, of: ADA } : about;
    const event = {
      specversion: '1.0', id: uuidv7(), source: `/${definition.publisher}`, type: definition.type, time: clock.now().toISOString(), datacontenttype: 'application/json',
      userid: of, aggregateid: id, seq, dataversion: definition.version, data,
    };
    await replicas[0]?.app.get(EventBus).publish([event]);
    await replicas[1]?.app.get(EventBus).publish([event]);
  }

  it('reminds once each time that the clock passes an occurrence, with two replicas and repeated news', async () => {
    await happens(events.taskCreated, TASK, ALL_TASK_FIELDS);
    clock.freeze(Date.parse('2026-11-24T06:30:00Z'));
    await eventually(async () => expect((await inbox()).items).toHaveLength(2), { timeoutMs: 15_000 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { items } = await inbox();
    expect(items.map(({ local_date }) => local_date).sort()).toEqual(['2026-11-23', '2026-11-24']);
    expect(items[0]).toMatchObject({ kind: 'reminder', title: TITLE, task_id: TASK, read_at: null });
    const lines = logged.filter((line) => line.includes('a reminder is due'));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(TASK);
  });

  it('stops when the task is gone', async () => {
    await happens(events.taskDeleted, TASK, { id: TASK, version: 2 });
    await eventually(async () => expect(await followed(TASK)).toEqual(['deleted']));
    clock.freeze(Date.parse('2026-11-28T12:00:00Z'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await inbox()).items).toHaveLength(2);
  });

  it('tells of a story once, lists what is unread and marks it as read', async () => {
    const story = uuidv7();
    await happens(events.storyGenerated, story, { id: story, period: 'week', start_date: '2026-11-16', end_date: '2026-11-22' });
    await happens(events.storyGenerated, story, { id: story, period: 'week', start_date: '2026-11-16', end_date: '2026-11-22' });
    const told = await eventually(async () => {
      const found = (await inbox()).items.filter((item) => item.story_id === story);
      expect(found).toHaveLength(1);
      return found[0];
    });
    const read = await as(ADA, () => client.call(routes.readNotification, { params: { id: told?.id ?? '' } }));
    expect(read).toMatchObject({ id: told?.id, kind: 'story_generated', title: null, read_at: clock.now().toISOString() });
    expect((await inbox(ADA, { unread: 'true' })).items.map((item) => item.kind)).toEqual(['reminder', 'reminder']);
  });

  it('shows nobody another person’s inbox', async () => {
    const [mine] = (await inbox()).items;
    expect((await inbox(BOB)).items).toEqual([]);
    await expect(as(BOB, () => client.call(routes.readNotification, { params: { id: mine?.id ?? '' } }))).rejects.toMatchObject({ code: 'notify.notification.not-found' });
  });

  it('keeps apart the tasks of two people that brought the same id', async () => {
    const [id, carol] = [uuidv7(), uuidv7()];
    const task = { ...ALL_TASK_FIELDS, id, start_date: '2026-11-28', recurring_pattern: null, scheduled_time: '14:00' };
    clock.freeze(Date.parse('2026-11-28T12:10:00Z'));
    for (const person of [BOB, carol]) await happens(events.taskCreated, { id, of: person }, task);
    await eventually(async () => expect(await followed(id)).toEqual(['open', 'open']));
    clock.freeze(Date.parse('2026-11-28T13:00:00Z'));
    for (const person of [BOB, carol]) await eventually(async () => expect((await inbox(person)).items.map(({ task_id }) => task_id)).toEqual([id]));
  });

  it('pages through the inbox and refuses a cursor that is none', async () => {
    const first = await inbox(ADA, { limit: 2 });
    const second = await inbox(ADA, { limit: 2, cursor: first.next_cursor });
    expect([first.items.length, second.items.length, second.next_cursor]).toEqual([2, 1, null]);
    await expect(inbox(ADA, { cursor: 'x' })).rejects.toMatchObject({ code: 'notify.notification.cursor-invalid' });
  });
});
