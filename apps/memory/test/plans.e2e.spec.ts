import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { events } from '@selfos/contracts';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { eventually, requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { MemoryBed, type Person } from './memory-bed.js';

requireRealPart('postgres')('memories and the events of plans and people', () => {
  let bed: MemoryBed;
  beforeAll(async () => {
    bed = await MemoryBed.start();
  });
  afterAll(() => bed.stop());

  async function aPlan(person: Person, { remember, forget }: { readonly remember: string; readonly forget: Uuid }) {
    const [plan, id] = [uuidv7(), uuidv7()];
    const text = { oid: id, ctx: 'memories.memory.text', envelope: await bed.seal(person.id, { oid: id, ctx: 'memories.memory.text' }, remember) };
    const memories = [{ op: 'remember' as const, id, type: 'preference' as const, text }, { op: 'forget' as const, id: forget }];
    const data = { id: plan, conversation_id: null, task_ids: [], goal_ids: [], memories };
    return {
      applied: () => bed.happens(events.planApplied, { userId: person.id, id: plan, seq: 1 }, data),
      undone: () => bed.happens(events.planUndone, { userId: person.id, id: plan, seq: 2 }, data),
    };
  }

  it('follow a plan there and back', async () => {
    const ada = bed.person();
    const tea = uuidv7();
    await ada.remember({ text: 'I live in Paris', type: 'reflection' }, { id: tea, text: 'I like tea' });
    const before = await ada.list();
    const plan = await aPlan(ada, { remember: 'I live in Lyon', forget: tea });
    await plan.applied();
    await plan.applied();
    await eventually(async () => expect(await ada.texts()).toEqual(['I live in Lyon', 'I live in Paris']), { timeoutMs: 15_000 });
    expect((await ada.list()).items[0]?.source.kind).toBe('plan');
    expect(await ada.recall('where do I live?', 1)).toEqual(['I live in Lyon']);
    expect(await ada.recall('what do I drink?')).not.toContain('I like tea');
    await plan.undone();
    await eventually(async () => expect(await ada.list()).toEqual(before), { timeoutMs: 15_000 });
    await plan.applied();
    expect(await ada.recall('where do I live?', 1)).toEqual(['I live in Paris']);
  });

  it('make final what a plan forgot, a month later', async () => {
    const ada = bed.person();
    const tea = uuidv7();
    await ada.remember({ id: tea, text: 'I like tea' });
    const plan = await aPlan(ada, { remember: 'I like coffee', forget: tea });
    await plan.applied();
    await eventually(async () => expect(await ada.texts()).toEqual(['I like coffee']), { timeoutMs: 15_000 });
    expect(await rows('SELECT 1 FROM memories WHERE user_id = $1', ada.id)).toHaveLength(2);
    bed.clock.advance(32 * 86_400_000);
    await eventually(async () => expect(await rows('SELECT 1 FROM memories WHERE user_id = $1', ada.id)).toHaveLength(1), { timeoutMs: 30_000 });
    expect(await rows('SELECT 1 FROM memory_vectors WHERE user_id = $1', ada.id)).toHaveLength(1);
  }, 120_000);

  it('go with the person who goes, and leave those of others', async () => {
    const [ada, ben] = [bed.person(), bed.person()];
    const tea = uuidv7();
    for (const person of [ada, ben]) {
      await person.remember({ id: tea, text: 'I like tea' }, { text: 'I love tea' });
      await person.observe({ cues: [{ kind: 'hour', hour: 7 }] });
      await person.changeProfile({ communication_style: { value: 'formal' } });
    }
    await (await aPlan(ada, { remember: 'I like coffee', forget: tea })).applied();
    await eventually(async () => expect(await ada.texts()).toContain('I like coffee'), { timeoutMs: 15_000 });
    await bed.happens(events.userErased, { userId: ada.id, id: ada.id }, { request_id: uuidv7() });
    const tables = await rows<{ table_name: string }>("SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'user_id' AND table_name NOT IN ('outbox', 'once') AND table_name NOT LIKE 'work%'");
    expect(tables.length).toBeGreaterThanOrEqual(7);
    for (const { table_name: table } of tables) {
      await eventually(async () => expect([table, await rows(`SELECT 1 FROM ${table} WHERE user_id = $1`, ada.id)]).toEqual([table, []]), { timeoutMs: 15_000 });
    }
    expect(await ada.texts()).toEqual([]);
    expect((await ada.profile()).communication_style).toBeNull();
    expect(await ben.texts()).toContain('I like tea');
    expect((await ben.profile()).communication_style?.value).toBe('formal');
  }, 120_000);

  async function rows<T extends pg.QueryResultRow>(sql: string, ...values: readonly unknown[]): Promise<T[]> {
    const client = new pg.Client({ connectionString: `${bed.database.url}_memory` });
    await client.connect();
    try {
      return (await client.query<T>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
});
