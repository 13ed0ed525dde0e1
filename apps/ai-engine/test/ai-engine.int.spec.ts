import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Contract, type EventDefinition, events, type Inner, type InnerInput, type Plain, routes, type SealedCopyJson } from '@selfos/contracts';
import { EventBus } from '@selfos/event-bus';
import type { SseFrame } from '@selfos/http';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { TurnReader, type KeyFrame, type SealedFrame } from '@selfos/sealing';
import { eventually, requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { AiEngineBed } from './ai-engine-bed.js';

type Asked = Plain<typeof routes.answerMessage.body>;
type Answered = Plain<typeof routes.answerMessage.response>;
type Told = Plain<typeof routes.writeNarrative.response>;

requireRealPart('postgres')('ai-engine over HTTP and the bus', () => {
  let bed: AiEngineBed;
  let seq = 0;
  beforeAll(async () => {
    bed = await AiEngineBed.start();
    bed.clock.freeze(Date.parse('2026-03-04T08:00:00Z'));
  });
  afterAll(() => bed.stop());

  const question = (message: string, more: Partial<Asked> = {}): Asked => ({
    message_id: uuidv7(), conversation_id: uuidv7(), reply_id: uuidv7(), message, timezone: 'Europe/Paris', now: bed.clock.now().toISOString(),
    settings: { privacy_mode: 'off', model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null } }, agenda: { tasks: [], more_tasks: 0, goals: [], more_goals: 0 }, history: [], ...more,
  });

  async function ask(userId: Uuid, asked: Asked): Promise<Answered> {
    const body = await bed.sealer.seal(routes.answerMessage.body, userId, asked);
    const answer = await bed.actingFor(userId, () => bed.client('backend').call(routes.answerMessage, { body }));
    return bed.sealer.open(routes.answerMessage.response, userId, answer as Inner<typeof routes.answerMessage.response>);
  }

  async function happens<T extends string, C extends Contract>(definition: EventDefinition<T, C>, about: { userId: Uuid; id: Uuid; seq?: number }, data: InnerInput<C>): Promise<void> {
    seq += 1;
    const event = {
      specversion: '1.0', id: uuidv7(), source: `/${definition.publisher}`, type: definition.type, time: bed.clock.now().toISOString(), datacontenttype: 'application/json',
      userid: about.userId, aggregateid: about.id, seq: about.seq ?? seq, dataversion: definition.version, data,
    };
    await bed.engine.app.get(EventBus).publish([event]);
    await bed.engine.app.get(EventBus).publish([event]);
  }

  it('answers the seed’s first request with a short daily morning workout', async () => {
    const answer = await ask(uuidv7(), question('I want to start exercising regularly', { context: { life_areas: ['health'], current_mood: 'motivated', available_time: 30 } }));
    const change = answer.changes.find(({ op }) => op === 'create_task');
    if (change?.op !== 'create_task') throw new Error('no task was proposed');
    expect(change.task).toMatchObject({ title: 'Morning 15-min workout', recurring_pattern: 'FREQ=DAILY', scheduled_time: '07:00', start_date: '2026-03-05', duration_minutes: 15, life_areas: ['health'] });
    expect(answer).toMatchObject({ model: 'selfos-builtin', template: { id: 'converse.plan', version: 2 }, memories_used: [], usage: { input_tokens: 0, output_tokens: 0 } });
    expect(answer.ai_response).toContain('Morning 15-min workout: every day at 07:00');
    expect(answer.media_suggestions[0]).toMatchObject({ type: 'video', url: expect.stringMatching(/^https:/), title: expect.any(String) });
  });

  it('proposes the same objects when the same answer is asked for again', async () => {
    const [ada, asked] = [uuidv7(), question('Save 3000 euros by December and call my mother every Sunday')];
    const first = await ask(ada, asked);
    expect(await ask(ada, asked)).toEqual(first);
    expect(first.changes.map(({ op }) => op)).toEqual(['create_goal', 'create_task', 'create_task']);
    const [goal, step] = first.changes;
    if (goal?.op !== 'create_goal' || step?.op !== 'create_task') throw new Error('no goal with a step was proposed');
    expect(step.task.parent_goal_id).toBe(goal.goal.id);
    expect(await count('SELECT 1 FROM usage_ledger WHERE answer_id = $1', asked.reply_id)).toBe(1);
    expect(await count("SELECT 1 FROM outbox WHERE aggregate_id = $1 AND type = 'ai.response_generated'", asked.reply_id)).toBe(1);
  });

  it('lets a memory change the plan, and says which', async () => {
    const ada = uuidv7();
    const id = await bed.plant(ada, 'I have a bad knee');
    const answer = await ask(ada, question('Plan my workout for tomorrow'));
    expect(answer.memories_used).toEqual([{ id, text: 'I have a bad knee' }]);
    expect(answer.ai_response).toContain('“I have a bad knee.”');
    expect(JSON.stringify(answer.changes)).not.toMatch(/\b(?:run|jump|jacks)/i);
    expect((await ask(uuidv7(), question('Plan my workout for tomorrow'))).memories_used).toEqual([]);
  });

  it('answers without memory when memory is down', async () => {
    bed.others.memoryIsDown = true;
    const answer = await ask(uuidv7(), question('Walk on weekdays after lunch')).finally(() => (bed.others.memoryIsDown = false));
    expect(answer.changes).toHaveLength(1);
  });

  it('streams the answer sealed, piece by piece, and ends with the whole', async () => {
    const [ada, asked] = [uuidv7(), question('I want to exercise')];
    const knee = await bed.plant(ada, 'I have a bad knee');
    const body = await bed.sealer.seal(routes.answerMessage.body, ada, asked);
    const frames: SseFrame[] = [];
    await bed.actingFor(ada, async () => {
      for await (const frame of bed.client('backend').stream(routes.answerMessage, { body })) frames.push(frame);
    });
    expect(frames[0]?.event).toBe('key');
    const reader = await TurnReader.start(bed.sealer, ada, frames[0]?.data as KeyFrame);
    const pieces: string[] = [];
    for (const { data } of frames.filter(({ event }) => event === 'token')) pieces.push(((await reader.open(data as SealedFrame)) as { text: string }).text);
    const used = frames.find(({ event }) => event === 'memory_used');
    expect(await reader.open(used?.data as SealedFrame)).toEqual({ id: knee, text: 'I have a bad knee' });
    const done = frames.at(-1);
    const whole = await bed.sealer.open(routes.answerMessage.response, ada, routes.answerMessage.response.inner.parse(done?.data));
    expect(done?.event).toBe('done');
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.join('')).toBe(whole.ai_response);
  });

  it('refuses words that were sealed for somebody else', async () => {
    const [ada, ben] = [uuidv7(), uuidv7()];
    const body = await bed.sealer.seal(routes.answerMessage.body, ben, question('I want to sleep better'));
    await expect(bed.actingFor(ada, () => bed.client('backend').call(routes.answerMessage, { body }))).rejects.toMatchObject({ code: 'crypto.seal.refused' });
  });

  it('is not there for services that have no business with it', async () => {
    const ada = uuidv7();
    const body = await bed.sealer.seal(routes.answerMessage.body, ada, question('I want to sleep better'));
    await expect(bed.actingFor(ada, () => bed.client('notify').call(routes.answerMessage, { body }))).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('learns from a message once, by its own words', async () => {
    const ada = uuidv7();
    const [message_id, words] = [uuidv7(), 'Hello! I have a bad knee, and I want to swim more. Can you plan that?'];
    const envelope = await bed.sealer.sealValue(ada, { oid: message_id, ctx: 'conversations.message.text' }, words);
    const turn = { turn_id: uuidv7(), conversation_id: uuidv7(), message_id, reply_id: uuidv7(), timezone: 'Europe/Paris', said_at: bed.clock.now().toISOString() };
    await happens(events.turnCompleted, { userId: ada, id: turn.conversation_id }, { ...turn, message: { oid: message_id, ctx: 'conversations.message.text', envelope } });
    await eventually(async () => expect(await bed.keptOf(ada)).toHaveLength(2), { timeoutMs: 15_000 });
    const kept = await bed.keptOf(ada);
    expect(kept.map(({ type, text }) => `${type}: ${text}`).sort()).toEqual(['goal: I want to swim more', 'preference: I have a bad knee']);
    for (const { text, source } of kept) expect(source.kind === 'message' && words.slice(source.start, source.end)).toBe(text);
  });

  const aCompletion = (task: Uuid, day: string, title: SealedCopyJson) => ({
    id: uuidv7(), task_id: task, local_date: day, status: 'completed' as const, completed_at: `${day}T08:00:00Z`, minutes: 20, version: 1, title, life_areas: ['health' as const], timezone: 'Europe/Paris',
  });

  it('does not count what was taken back, although the news of it came first', async () => {
    const [ada, task, walk, id] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const titled = async (of: Uuid, text: string) => ({ oid: of, ctx: 'tasks.task.title', envelope: await bed.sealer.sealValue(ada, { oid: of, ctx: 'tasks.task.title' }, text) });
    await happens(events.occurrenceReopened, { userId: ada, id, seq: 1_000_000 }, { id, task_id: task, local_date: '2026-03-01', version: 2 });
    await happens(events.occurrenceCompleted, { userId: ada, id: uuidv7() }, aCompletion(walk, '2026-03-01', await titled(walk, 'Morning walk')));
    await eventually(async () => expect(await bed.keptOf(ada)).toHaveLength(1), { timeoutMs: 15_000 });
    const title = await titled(task, 'Evening run');
    await happens(events.occurrenceCompleted, { userId: ada, id }, { ...aCompletion(task, '2026-03-01', title), id });
    for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) await happens(events.occurrenceCompleted, { userId: ada, id: uuidv7() }, aCompletion(task, day, title));
    await eventually(async () => expect((await bed.keptOf(ada)).map(({ text }) => text)).toContain('Done 3 times by 4 March 2026: Evening run'), { timeoutMs: 15_000 });
    expect((await bed.keptOf(ada)).map(({ text }) => text)).not.toContain('Done on 1 March 2026: Evening run');
  });

  it('learns from what is done: the first time, and the third', async () => {
    const ada = uuidv7();
    const task = uuidv7();
    const title = { oid: task, ctx: 'tasks.task.title', envelope: await bed.sealer.sealValue(ada, { oid: task, ctx: 'tasks.task.title' }, 'Morning walk') };
    for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) await happens(events.occurrenceCompleted, { userId: ada, id: uuidv7() }, aCompletion(task, day, title));
    await eventually(async () => expect(await bed.keptOf(ada)).toHaveLength(2), { timeoutMs: 15_000 });
    const texts = (await bed.keptOf(ada)).map(({ text }) => text).sort();
    expect(texts[0]).toBe('Done 3 times by 4 March 2026: Morning walk');
    expect(texts[1]).toMatch(/^Done on [234] March 2026: Morning walk$/);
  });

  it('writes a week’s story from sealed evidence, and cites it', async () => {
    const ada = uuidv7();
    const [story, task, first, second] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const title = { oid: task, ctx: 'tasks.task.title', envelope: await bed.sealer.sealValue(ada, { oid: task, ctx: 'tasks.task.title' }, 'Morning walk') };
    const item = (id: Uuid, day: string, minutes: number) => ({ kind: 'occurrence' as const, id, task_id: task, title, life_areas: ['health' as const], local_date: day, minutes, completed_at: `${day}T08:00:00Z` });
    const told = await tell(ada, { story_id: story, period: 'week', start_date: '2026-03-02', end_date: '2026-03-08', timezone: 'Europe/Paris', evidence: [item(first, '2026-03-02', 20), item(second, '2026-03-05', 25)] });
    expect(told.script.scenes.map(({ sentence }) => sentence)).toContain('Morning walk: twice, on Monday and Thursday.');
    expect(told.script.scenes[1]).toMatchObject({ kind: 'night', figure: '45', days: [20, 0, 0, 25, 0, 0, 0], evidence_ids: [first, second] });
    expect(told.note_markdown).toContain('- [x] Morning walk (20 min)');
    const quiet = await tell(ada, { story_id: uuidv7(), period: 'week', start_date: '2026-03-02', end_date: '2026-03-08', timezone: 'Europe/Paris', evidence: [] });
    expect(quiet.narrative.sentences).toEqual([{ text: 'A quiet week: nothing was ticked off.', evidence_ids: [] }]);
  });

  it('keeps no word readable, neither at rest nor in the log', async () => {
    const ada = uuidv7();
    await bed.plant(ada, 'I love xylophones');
    await ask(ada, question('Practise the xylophone every Friday'));
    const id = uuidv7();
    const envelope = await bed.sealer.sealValue(ada, { oid: id, ctx: 'conversations.message.text' }, 'I love the xylophone');
    const turn = { turn_id: uuidv7(), conversation_id: uuidv7(), message_id: id, reply_id: uuidv7(), timezone: 'Europe/Paris', said_at: bed.clock.now().toISOString() };
    await happens(events.turnCompleted, { userId: ada, id: turn.conversation_id }, { ...turn, message: { oid: id, ctx: 'conversations.message.text', envelope } });
    await eventually(async () => expect((await bed.keptOf(ada)).length).toBeGreaterThan(1), { timeoutMs: 15_000 });
    const tables = await rows<{ table_name: string }>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
    for (const { table_name: table } of tables) expect({ table, found: await rows(`SELECT 1 FROM "${table}" AS t WHERE t::text ILIKE '%xylophone%'`) }).toEqual({ table, found: [] });
    expect(bed.logged.filter((line) => /xylophone/i.test(line))).toEqual([]);
  });

  async function tell(userId: Uuid, asked: Inner<typeof routes.writeNarrative.body>): Promise<Told> {
    const answer = await bed.actingFor(userId, () => bed.client('story-engine').call(routes.writeNarrative, { body: asked }));
    return bed.sealer.open(routes.writeNarrative.response, userId, answer);
  }

  async function count(sql: string, value: string): Promise<number> {
    return (await rows(sql, [value])).length;
  }

  async function rows<T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: `${bed.database.url}_ai` });
    await client.connect();
    try {
      return (await client.query<T>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
});
