import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Contract, type EventDefinition, events, type InnerInput, routes } from '@selfos/contracts';
import { EventBus } from '@selfos/event-bus';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { eventually, requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { AiEngineBed } from './ai-engine-bed.js';

const WAIT = { timeoutMs: 20_000 };

requireRealPart('postgres')('learning from what is said and done, over the bus', () => {
  let bed: AiEngineBed;
  let seq = 0;
  beforeAll(async () => {
    bed = await AiEngineBed.start({ LEARNING_WINDOW_SECONDS: '30' });
    bed.clock.freeze(Date.parse('2026-03-04T08:00:00Z'));
  });
  afterAll(() => bed.stop());

  async function happens<T extends string, C extends Contract>(definition: EventDefinition<T, C>, about: { userId: Uuid; id: Uuid; seq?: number }, data: InnerInput<C>): Promise<void> {
    seq += 1;
    const event = {
      specversion: '1.0' as const, id: uuidv7(), source: `/${definition.publisher}`, type: definition.type, time: bed.clock.now().toISOString(), datacontenttype: 'application/json' as const,
      userid: about.userId, aggregateid: about.id, seq: about.seq ?? seq, dataversion: definition.version, data: data as Record<string, unknown>,
    };
    await bed.engine.app.get(EventBus).publish([event]);
    await bed.engine.app.get(EventBus).publish([event]);
  }

  async function sealed(userId: Uuid, ctx: string, text: string) {
    const oid = uuidv7();
    return { oid, ctx, envelope: await bed.sealer.sealValue(userId, { oid, ctx }, text) };
  }

  async function says(userId: Uuid, text: string, broken = false): Promise<Uuid> {
    const message = await sealed(broken ? uuidv7() : userId, 'conversations.message.text', text);
    const turn = { turn_id: uuidv7(), conversation_id: uuidv7(), message_id: message.oid, reply_id: uuidv7(), timezone: 'Europe/Paris', said_at: bed.clock.now().toISOString(), message };
    await happens(events.turnCompleted, { userId, id: turn.conversation_id }, turn);
    return message.oid;
  }

  async function asks(userId: Uuid, message: string): Promise<void> {
    const settings = { privacy_mode: 'off' as const, model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null } };
    const agenda = { tasks: [], more_tasks: 0, goals: [], more_goals: 0 };
    const question = { message_id: uuidv7(), conversation_id: uuidv7(), reply_id: uuidv7(), message, timezone: 'Europe/Paris', now: bed.clock.now().toISOString(), settings, agenda, history: [] };
    const body = await bed.sealer.seal(routes.answerMessage.body, userId, question);
    await bed.actingFor(userId, () => bed.client('backend').call(routes.answerMessage, { body }));
  }

  it('makes one job and one call of several turns within the window, and none before it ends', async () => {
    const ada = uuidv7();
    for (const text of ['I have a bad knee', 'I moved to Lyon', 'yeah I am gonna swim because my kids love it, lol']) await says(ada, text);
    await eventually(async () => expect(await rows('SELECT 1 FROM lessons WHERE user_id = $1', ada)).toHaveLength(3), WAIT);
    expect(await rows("SELECT 1 FROM work WHERE kind = 'ai-engine.learn' AND user_id = $1", ada)).toHaveLength(1);
    const before = bed.others.remembered;
    expect(await bed.keptOf(ada)).toEqual([]);
    bed.clock.advance(31_000);
    await eventually(async () => expect(await rows('SELECT 1 FROM lessons WHERE user_id = $1', ada)).toEqual([]), WAIT);
    expect((await bed.keptOf(ada)).map(({ text }) => text).sort()).toEqual(['I have a bad knee', 'I moved to Lyon']);
    expect(bed.others.remembered).toBe(before + 1);
    expect((await bed.seenOf(ada)).map(({ cues }) => cues)).toContainEqual([{ kind: 'style', style: 'casual' }, { kind: 'trigger', trigger: 'family' }]);
  });

  it('answers without learning, asking nothing of memory but what it recalls', async () => {
    const ada = uuidv7();
    const before = bed.others.remembered;
    await asks(ada, 'I have a bad knee and I am an organized person');
    expect([bed.others.remembered - before, await bed.seenOf(ada), await rows('SELECT 1 FROM lessons WHERE user_id = $1', ada)]).toEqual([0, [], []]);
  });

  it('learns when and of what each thing was done, and takes it back', async () => {
    const ada = uuidv7();
    const title = await sealed(ada, 'tasks.task.title', 'Swim with Anna');
    const id = uuidv7();
    const occurrence = { id, task_id: title.oid, local_date: '2026-03-04', status: 'completed' as const, completed_at: '2026-03-04T06:10:00Z', minutes: 20, version: 1, title, life_areas: ['health' as const], timezone: 'Europe/Paris' };
    await happens(events.occurrenceCompleted, { userId: ada, id, seq: 1 }, occurrence);
    await eventually(async () => expect(await rows('SELECT 1 FROM lessons WHERE user_id = $1', ada)).toHaveLength(1), WAIT);
    bed.clock.advance(31_000);
    const done = [{ kind: 'hour', hour: 7 }, { kind: 'areas', areas: ['health'] }, { kind: 'trigger', trigger: 'company' }];
    await eventually(async () => expect(await bed.seenOf(ada)).toEqual([{ id, cues: done }]), WAIT);
    await happens(events.occurrenceReopened, { userId: ada, id, seq: 2 }, { id, task_id: title.oid, local_date: '2026-03-04', version: 2 });
    await eventually(async () => expect(await rows('SELECT 1 FROM lessons WHERE user_id = $1', ada)).toHaveLength(1), WAIT);
    bed.clock.advance(31_000);
    await eventually(async () => expect(await bed.seenOf(ada)).toEqual([{ id, cues: [] }]), WAIT);
  }, 120_000);

  it('keeps what could not be learned with the code of its error, after three tries', async () => {
    const ada = uuidv7();
    const broken = await says(ada, 'I like tea', true);
    await says(ada, 'I like coffee');
    await eventually(async () => {
      bed.clock.advance(31_000);
      expect(await rows('SELECT id, failures, fault FROM lessons WHERE user_id = $1', ada)).toEqual([{ id: broken, failures: 3, fault: 'crypto.seal.refused' }]);
    }, { timeoutMs: 30_000 });
    expect((await bed.keptOf(ada)).map(({ text }) => text)).toEqual(['I like coffee']);
  });

  it('erases everything of a person who goes, and nothing of anybody else', async () => {
    const [ada, ben] = [uuidv7(), uuidv7()];
    for (const person of [ada, ben]) {
      await says(person, 'I like tea');
      const title = await sealed(person, 'tasks.task.title', 'Swim');
      const id = uuidv7();
      const done = { id, task_id: title.oid, local_date: '2026-03-04', status: 'completed' as const, completed_at: '2026-03-04T06:10:00Z', minutes: 20, version: 1, title, life_areas: ['health' as const], timezone: 'Europe/Paris' };
      await happens(events.occurrenceCompleted, { userId: person, id }, done);
      await asks(person, 'Plan a walk');
    }
    const counts = async (person: Uuid): Promise<Record<string, number>> => {
      const tables = await rows<{ name: string }>("SELECT relname AS name FROM pg_policy JOIN pg_class c ON c.oid = polrelid WHERE polname = 'own_rows' AND relname NOT IN ('outbox', 'once', 'work', 'work_due', 'work_steps')");
      const found = await Promise.all(tables.map(async ({ name }) => [name, (await rows(`SELECT 1 FROM ${name} WHERE user_id = $1`, person)).length] as const));
      return Object.fromEntries(found.filter(([, count]) => count > 0));
    };
    await eventually(async () => expect(await counts(ben)).toMatchObject({ lessons: 2, lesson_batches: 1, task_completions: 1, usage_ledger: 1 }), WAIT);
    const others = await counts(ben);
    await happens(events.userErased, { userId: ada, id: ada }, { request_id: uuidv7() });
    await eventually(async () => expect(await counts(ada)).toEqual({}), WAIT);
    expect(await counts(ben)).toEqual(others);
  });

  async function rows<T extends pg.QueryResultRow>(sql: string, ...values: readonly unknown[]): Promise<T[]> {
    const client = new pg.Client({ connectionString: `${bed.database.url}_ai` });
    await client.connect();
    try {
      return (await client.query<T>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
});
