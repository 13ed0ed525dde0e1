import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '@selfos/config';
import { cloudEventSchema, eventDefinition, routes } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { EventBus } from '@selfos/event-bus';
import { InternalClient, ServiceDirectory, ServiceTokens, startService, type RunningService, type SseFrame } from '@selfos/http';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { Logger, rootContext, runInContext, Tracer } from '@selfos/observability';
import { WorkerDatabase } from '@selfos/persistence';
import { databaseFor, eventually, requireRealPart, startMongo, type TestDatabase } from '@selfos/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendModule, configSchema, manifest } from '../src/index.js';
import { ADA, anEnvelope, aGoalDraft, aTaskDraft, BOB } from './builders.js';
import { StubAiEngine } from './stub-ai-engine.js';

const PARIS = 'Europe/Paris';

function theBackend(mongoUrl: () => Promise<string | undefined>): void {
  const home = mkdtempSync(join(tmpdir(), 'backend-'));
  const clock = new MovableClock();
  const directory = new ServiceDirectory();
  const engine = new StubAiEngine();
  let database: TestDatabase;
  let mongo: string | undefined;
  let services: RunningService[] = [];
  let client: InternalClient;
  let tokens: ServiceTokens;

  const launch = async (env: Record<string, string> = {}) => {
    const config = loadConfig(configSchema, { SELFOS_HOME: home, PORT: '0', DATABASE_URL: database.url, ...(mongo === undefined ? {} : { MONGODB_URL: mongo }), ...env });
    const service = await startService({ manifest, config, module: BackendModule.with(config), clock, directory, logger: new Logger({ service: 'backend', level: 'CRITICAL' }) });
    services.push(service);
    return service;
  };
  const knows = async (userId: string, timezone = PARIS) => {
    const event = {
      specversion: '1.0', id: uuidv7(), source: '/auth', type: 'user.registered', time: clock.now().toISOString(), datacontenttype: 'application/json', userid: userId, aggregateid: userId, seq: 1, dataversion: 1,
      data: { user_id: userId, timezone },
    };
    await services[0]?.app.get(EventBus).publish([event]);
  };
  const as = async <T>(userId: string, work: () => Promise<T>): Promise<T> => {
    const userToken = await tokens.forPerson({ userId, sessionId: 's', permissions: ['read:own_data', 'write:own_data', 'delete:own_data', 'access:ai_features'], tier: 'standard', lifetimeSeconds: 60 });
    return runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId, userToken }), work);
  };
  const outbox = async (userId: string): Promise<string[]> => {
    const rows = await services[0]!.app.get(WorkerDatabase).query<{ type: string; payload: object; seq: string }[]>('SELECT type, payload, seq FROM outbox WHERE user_id = $1 ORDER BY seq', [userId]);
    for (const { type, payload, seq } of rows) {
      const event = cloudEventSchema.parse({ ...payload, seq: Number(seq) });
      expect(eventDefinition(type)?.data.inner.safeParse(event.data).error).toBeUndefined();
    }
    return rows.map(({ type }) => type);
  };
  const someone = async () => {
    const id = uuidv7();
    await knows(id);
    return id;
  };
  const saying = (more: object = {}) => {
    const id = uuidv7();
    return { message_id: id, message: anEnvelope('conversations.message.text', id), context: anEnvelope('conversations.message.context', id), apply: true, ...more };
  };

  beforeAll(async () => {
    clock.freeze(Date.parse('2026-11-23T05:00:00Z'));
    database = await databaseFor('backend_app');
    mongo = await mongoUrl();
    directory.set('ai-engine', await engine.start());
    await launch();
    tokens = new ServiceTokens('gateway', new KeyFolder(join(home, 'keys', 'services')));
    client = new InternalClient({ tokens, directory, tracer: new Tracer({ service: 'gateway' }), calls: ['backend'] });
    await knows(ADA);
    await knows(BOB, 'Asia/Tokyo');
  }, 60_000);
  beforeEach(() => {
    clock.freeze(Date.parse('2026-11-23T05:00:00Z'));
    engine.failure = 'none';
    engine.propose = () => [];
  });
  afterAll(async () => {
    await client.close();
    await Promise.all(services.map((service) => service.close()));
    await engine.stop();
    await database.drop();
  }, 30_000);

  describe('a conversation', () => {
    it('becomes a turn, an applied plan and its tasks, and tells of them', async () => {
      const user = await someone();
      const draft = aTaskDraft();
      engine.propose = () => [{ op: 'create_task', task: draft }];
      const answer = await as(user, () => client.call(routes.converse, { body: saying() }));
      expect(answer.created_tasks).toEqual([{ id: draft.id, title: draft.title, scheduled_time: '07:00', recurrence: 'daily' }]);
      expect(answer).toMatchObject({ plan: { status: 'applied' }, model: 'selfos-builtin', memories_used: [] });
      expect(engine.questions.at(-1)).toMatchObject({ timezone: PARIS, now: '2026-11-23T05:00:00.000Z', history: [] });
      const messages = await as(user, () => client.call(routes.listMessages, { params: { id: answer.conversation_id } }));
      expect(messages.items.map(({ role }) => role)).toEqual(['user', 'assistant']);
      expect(messages.items[1]).toMatchObject({ id: answer.reply_id, text: answer.ai_response, plan_id: answer.plan?.id, model: 'selfos-builtin' });
      expect(await outbox(user)).toEqual(['task.created', 'plan.applied', 'conversation.turn_completed']);
    });

    it('goes on with what was said before, and pages through it', async () => {
      const user = await someone();
      const first = await as(user, () => client.call(routes.converse, { body: saying() }));
      for (let turn = 0; turn < 3; turn += 1) await as(user, () => client.call(routes.converse, { body: saying({ conversation_id: first.conversation_id }) }));
      expect(engine.questions.at(-1)?.history).toHaveLength(6);
      const path = { params: { id: first.conversation_id } };
      expect(await as(user, () => client.call(routes.getConversation, path))).toMatchObject({ turns: 4 });
      const one = await as(user, () => client.call(routes.listMessages, { ...path, query: { limit: 3 } }));
      const two = await as(user, () => client.call(routes.listMessages, { ...path, query: { limit: 5, cursor: one.next_cursor ?? '' } }));
      const all = await as(user, () => client.call(routes.listMessages, path));
      expect([...one.items, ...two.items]).toEqual(all.items);
      expect([all.items.length, two.next_cursor, all.next_cursor]).toEqual([8, null, null]);
      await expect(as(user, () => client.call(routes.listMessages, { ...path, query: { cursor: 'x' } }))).rejects.toMatchObject({ code: 'backend.cursor.invalid' });
    });

    it('said twice under one key is said once, also at the same time', async () => {
      const user = await someone();
      engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }];
      const body = saying();
      const asked = engine.questions.length;
      const say = () => as(user, () => client.call(routes.converse, { body, idempotencyKey: 'one' }));
      const [first, second] = await Promise.allSettled([say(), say()]);
      expect([first, second].filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const again = await say();
      expect(again).toEqual([first, second].find((one) => one.status === 'fulfilled')?.value);
      expect(engine.questions.length).toBe(asked + 1);
      expect((await as(user, () => client.call(routes.listTasks, {}))).items).toHaveLength(1);
      expect(await outbox(user)).toEqual(['task.created', 'plan.applied', 'conversation.turn_completed']);
      await expect(as(user, () => client.call(routes.converse, { body: saying(), idempotencyKey: 'one' }))).rejects.toMatchObject({ code: 'http.idempotency.key-reused' });
      await expect(as(user, () => client.call(routes.converse, { body }))).rejects.toMatchObject({ code: 'conversations.message.exists' });
    });

    it.each(['refuse', 'cut'] as const)('leaves nothing behind when the engine fails (%s)', async (failure) => {
      const user = await someone();
      engine.failure = failure;
      const body = saying();
      const attempt = () => (failure === 'cut' ? frames(user, body, 'k') : as(user, () => client.call(routes.converse, { body, idempotencyKey: 'k' })));
      if (failure === 'cut') expect((await frames(user, body, 'k')).at(-1)).toMatchObject({ event: 'error', data: { status: 503, code: 'conversations.answer.unavailable' } });
      else await expect(attempt()).rejects.toMatchObject({ code: 'conversations.answer.unavailable', kind: 'unavailable' });
      expect((await as(user, () => client.call(routes.listConversations, {}))).items).toEqual([]);
      expect(await outbox(user)).toEqual([]);
      engine.failure = 'none';
      expect(await as(user, () => client.call(routes.converse, { body, idempotencyKey: 'k' }))).toMatchObject({ plan: null });
    });

    it('leaves nothing behind when the plan cannot be applied', async () => {
      const user = await someone();
      engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }, { op: 'cancel_task', task_id: uuidv7() }];
      await expect(as(user, () => client.call(routes.converse, { body: saying() }))).rejects.toMatchObject({ code: 'conversations.answer.unusable' });
      expect((await as(user, () => client.call(routes.listTasks, {}))).items).toEqual([]);
      expect(await outbox(user)).toEqual([]);
    });

    const frames = async (user: string, body: ReturnType<typeof saying>, key?: string): Promise<SseFrame[]> =>
      as(user, async () => {
        const seen: SseFrame[] = [];
        for await (const frame of client.stream(routes.converse, { body, ...(key === undefined ? {} : { idempotencyKey: key }) })) seen.push(frame);
        return seen;
      });

    it('streams: sealed frames as they came, then the plan, then the whole answer, kept for repetitions', async () => {
      const user = await someone();
      engine.propose = () => [{ op: 'create_task', task: aTaskDraft() }];
      const body = saying();
      const seen = await frames(user, body, 's');
      expect(seen.map(({ event }) => event)).toEqual(['key', 'token', 'token', 'token', 'plan', 'done']);
      expect(seen[1]?.data).toEqual({ i: 0, c: 'c2VhbGVk' });
      expect(routes.converse.response.inner.safeParse(seen.at(-1)?.data).success).toBe(true);
      expect(await as(user, () => client.call(routes.converse, { body, idempotencyKey: 's' }))).toEqual(seen.at(-1)?.data);
    });

    it('is nobody else’s', async () => {
      const user = await someone();
      const { conversation_id: id } = await as(user, () => client.call(routes.converse, { body: saying() }));
      for (const route of [routes.getConversation, routes.listMessages] as const) {
        await expect(as(BOB, async (): Promise<unknown> => client.call(route, { params: { id } }))).rejects.toMatchObject({ code: 'conversations.conversation.not-found' });
      }
      await expect(as(BOB, () => client.call(routes.converse, { body: saying({ conversation_id: id }) }))).rejects.toMatchObject({ code: 'conversations.conversation.not-found' });
    });
  });

  describe('a plan', () => {
    it('waits when asked to, then is accepted, and undone exactly', async () => {
      const user = await someone();
      const goal = aGoalDraft();
      engine.propose = () => [{ op: 'create_task', task: aTaskDraft({ parent_goal_id: goal.id }) }, { op: 'create_goal', goal }];
      const answer = await as(user, () => client.call(routes.converse, { body: saying({ apply: false }) }));
      expect([answer.plan?.status, answer.created_tasks]).toEqual(['proposed', []]);
      const path = { params: { id: answer.plan?.id ?? '' } };
      const lists = async () => as(user, async () => [(await client.call(routes.listTasks, {})).items, (await client.call(routes.listGoals, {})).items]);
      expect(await lists()).toEqual([[], []]);
      expect(await as(user, () => client.call(routes.acceptPlan, path))).toMatchObject({ status: 'applied', applied_at: '2026-11-23T05:00:00.000Z' });
      expect(await as(user, () => client.call(routes.acceptPlan, path))).toMatchObject({ status: 'applied' });
      expect((await lists()).map((items) => items.length)).toEqual([1, 1]);
      expect(await as(user, () => client.call(routes.undoPlan, path))).toMatchObject({ status: 'undone' });
      expect(await lists()).toEqual([[], []]);
      await expect(as(user, () => client.call(routes.rejectPlan, path))).rejects.toMatchObject({ code: 'plans.plan.not-proposed' });
      expect(await outbox(user)).toEqual(['conversation.turn_completed', 'goal.created', 'task.created', 'plan.applied', 'task.deleted', 'goal.deleted', 'plan.undone']);
      await expect(as(BOB, () => client.call(routes.getPlan, path))).rejects.toMatchObject({ code: 'plans.plan.not-found' });
    });
  });

  describe('a task', () => {
    const creating = (more: object = {}) => ({ body: { ...aTaskDraft(), ...more } });

    it('understands words and cron, and refuses what makes no sense', async () => {
      const user = await someone();
      const cron = await as(user, () => client.call(routes.createTask, creating({ recurring_pattern: '30 18 * * 1-5', scheduled_time: null })));
      expect(cron).toMatchObject({ recurring_pattern: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', scheduled_time: '18:30', recurrence: 'weekdays', version: 1, status: 'open' });
      expect(await as(user, () => client.call(routes.getTask, { params: { id: cron.id } }))).toEqual(cron);
      await expect(as(user, () => client.call(routes.createTask, creating({ recurring_pattern: 'whenever' })))).rejects.toMatchObject({ kind: 'invalid', code: 'recurrence.words.invalid' });
      await expect(as(user, () => client.call(routes.createTask, creating({ id: cron.id })))).rejects.toMatchObject({ code: 'tasks.task.exists' });
      await expect(as(user, () => client.call(routes.createTask, creating({ parent_goal_id: uuidv7() })))).rejects.toMatchObject({ code: 'tasks.task.goal-unknown' });
    });

    it('changes from the version that was seen only', async () => {
      const user = await someone();
      const task = await as(user, () => client.call(routes.createTask, creating()));
      const path = { params: { id: task.id } };
      const changed = await as(user, () => client.call(routes.changeTask, { ...path, ifMatch: 1, body: { priority: 5, recurring_pattern: 'weekly on Tue, Thu' } }));
      expect(changed).toMatchObject({ priority: 5, recurrence: 'weekly on Tue, Thu', version: 2, scheduled_time: '07:00' });
      await expect(as(user, () => client.call(routes.changeTask, { ...path, ifMatch: 1, body: { priority: 1 } }))).rejects.toMatchObject({ code: 'tasks.task.version-mismatch', face: { status: 412 } });
      await expect(as(BOB, () => client.call(routes.deleteTask, { ...path, ifMatch: '*' }))).rejects.toMatchObject({ code: 'tasks.task.not-found' });
      await as(user, () => client.call(routes.deleteTask, { ...path, ifMatch: 2 }));
      await expect(as(user, () => client.call(routes.getTask, path))).rejects.toMatchObject({ code: 'tasks.task.not-found' });
      expect(await outbox(user)).toEqual(['task.created', 'task.updated', 'task.deleted']);
    });

    it('is completed once a day, also by two at once, and shows in today', async () => {
      const user = await someone();
      const task = await as(user, () => client.call(routes.createTask, creating()));
      const path = { params: { id: task.id } };
      const [one, two] = await Promise.all([1, 2].map(() => as(user, () => client.call(routes.completeTask, { ...path, body: {} }))));
      expect(one).toEqual(two);
      expect(one).toMatchObject({ local_date: '2026-11-23', minutes: 15 });
      const today = await as(user, () => client.call(routes.getToday, {}));
      expect(today).toMatchObject({ date: '2026-11-23', timezone: PARIS, items: [{ scheduled_at: '2026-11-23T06:00:00.000Z', overdue: false, occurrence: { id: one?.id } }] });
      await expect(as(user, () => client.call(routes.completeTask, { ...path, body: { local_date: '2026-11-25' } }))).rejects.toMatchObject({ code: 'tasks.occurrence.in-future' });
      expect(await outbox(user)).toEqual(['task.created', 'occurrence.completed']);
      expect((await as(user, () => client.call(routes.listOccurrences, { query: { from: '2026-11-23' } }))).items).toEqual([one]);
    });

    it('that does not recur is done as a whole, and can be opened again', async () => {
      const user = await someone();
      const task = await as(user, () => client.call(routes.createTask, creating({ recurring_pattern: null, start_date: '2026-11-20' })));
      const path = { params: { id: task.id } };
      expect((await as(user, () => client.call(routes.getToday, {}))).items).toMatchObject([{ local_date: '2026-11-20', overdue: true }]);
      const done = await as(user, () => client.call(routes.changeTask, { ...path, ifMatch: 1, body: { status: 'completed' } }));
      expect(done.status).toBe('completed');
      expect((await as(user, () => client.call(routes.listOccurrences, {}))).items).toMatchObject([{ task_id: task.id, local_date: '2026-11-23' }]);
      const open = await as(user, () => client.call(routes.changeTask, { ...path, ifMatch: done.version, body: { status: 'open' } }));
      expect(open.status).toBe('open');
      expect((await as(user, () => client.call(routes.listOccurrences, {}))).items).toEqual([]);
      expect(await outbox(user)).toEqual(['task.created', 'occurrence.completed', 'task.completed', 'occurrence.reopened', 'task.updated']);
    });

    it('pages newest first', async () => {
      const user = await someone();
      for (let minute = 0; minute < 5; minute += 1) {
        clock.freeze(Date.parse('2026-11-23T05:00:00Z') + minute * 60_000);
        await as(user, () => client.call(routes.createTask, creating()));
      }
      const one = await as(user, () => client.call(routes.listTasks, { query: { limit: 3 } }));
      const two = await as(user, () => client.call(routes.listTasks, { query: { limit: 3, cursor: one.next_cursor ?? '' } }));
      const created = [...one.items, ...two.items].map(({ created_at }) => created_at);
      expect(created).toEqual(created.toSorted().toReversed());
      expect([created.length, new Set(created).size, two.next_cursor]).toEqual([5, 5, null]);
    });
  });

  describe('a goal', () => {
    it('follows its milestones and is achieved once', async () => {
      const user = await someone();
      const milestones = [0, 1].map(() => ({ id: uuidv7(), title: anEnvelope('goals.milestone.title'), due_date: null, done: false }));
      const goal = await as(user, () => client.call(routes.createGoal, { body: { ...aGoalDraft(), milestones } }));
      const path = { params: { id: goal.id } };
      const half = await as(user, () => client.call(routes.changeGoal, { ...path, ifMatch: 1, body: { milestones: milestones.map((one, index) => ({ ...one, done: index === 0 })) } }));
      expect(half).toMatchObject({ progress: 0.5, status: 'active', achieved_at: null });
      const full = await as(user, () => client.call(routes.changeGoal, { ...path, ifMatch: 2, body: { progress: 1 } }));
      expect(full).toMatchObject({ progress: 1, status: 'achieved', achieved_at: '2026-11-23T05:00:00.000Z' });
      await as(user, () => client.call(routes.changeGoal, { ...path, ifMatch: 3, body: { status: 'active', progress: 0.2 } }));
      await as(user, () => client.call(routes.changeGoal, { ...path, ifMatch: 4, body: { status: 'achieved' } }));
      expect((await outbox(user)).filter((type) => type === 'goal.achieved')).toHaveLength(1);
      await expect(as(user, () => client.call(routes.changeGoal, { ...path, ifMatch: 1, body: { progress: 0 } }))).rejects.toMatchObject({ code: 'goals.goal.version-mismatch' });
      await as(user, () => client.call(routes.deleteGoal, { ...path, ifMatch: '*' }));
      await expect(as(user, () => client.call(routes.getGoal, path))).rejects.toMatchObject({ code: 'goals.goal.not-found' });
    });
  });

  describe('the message store', () => {
    afterEach(async () => {
      while (services.length > 1) await services.pop()?.close();
      directory.set('backend', services[0]?.url ?? '');
    });

    it('can be changed without losing a message', async () => {
      const user = await someone();
      const first = await as(user, () => client.call(routes.converse, { body: saying() }));
      await launch({ MESSAGE_STORE: 'postgres' });
      const second = await as(user, () => client.call(routes.converse, { body: saying({ conversation_id: first.conversation_id }) }));
      const messages = await as(user, () => client.call(routes.listMessages, { params: { id: first.conversation_id } }));
      expect(messages.items.filter(({ role }) => role === 'assistant').map(({ id }) => id)).toEqual([first.reply_id, second.reply_id]);
      await services.pop()?.close();
      directory.set('backend', services[0]?.url ?? '');
      expect(await as(user, () => client.call(routes.listMessages, { params: { id: first.conversation_id } }))).toEqual(messages);
    });
  });

  it('waits for the news of a new account, so that the first sentence is planned in the right zone', async () => {
    const user = uuidv7();
    setTimeout(() => void knows(user, 'Asia/Tokyo'), 200);
    await as(user, () => client.call(routes.converse, { body: saying() }));
    await eventually(() => expect(engine.questions.at(-1)?.timezone).toBe('Asia/Tokyo'));
  });
}

requireRealPart('postgres')('the backend over HTTP, on PostgreSQL alone', () => theBackend(() => Promise.resolve(undefined)));
requireRealPart('postgres', 'mongo')('the backend over HTTP, with messages in a MongoDB-compatible server', () => theBackend(() => startMongo()));
