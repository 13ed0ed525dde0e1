import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { MemoryBed } from './memory-bed.js';

requireRealPart('postgres')('memory, over HTTP on a real database', () => {
  let bed: MemoryBed;
  beforeAll(async () => {
    bed = await MemoryBed.start();
  });
  afterAll(() => bed.stop());

  it('finds what a question is about among what was said', async () => {
    const ada = bed.person();
    await ada.remember(
      { text: 'I have a bad knee and cannot run', type: 'reflection' },
      { text: 'I love strong coffee in the morning' },
      { text: 'I want to save 300 a month for a house', type: 'goal' },
      { text: 'I play the cello on Thursdays', type: 'routine' },
    );
    expect((await ada.recall('plan me a run around the park'))[0]).toBe('I have a bad knee and cannot run');
    expect((await ada.recall('how is my knee?', 1))).toEqual(['I have a bad knee and cannot run']);
    expect((await ada.recall('what music do I make?', 1))).toEqual(['I play the cello on Thursdays']);
  });

  it('keeps the same id once, and merges what was said before', async () => {
    const ada = bed.person();
    const id = uuidv7();
    const twin = uuidv7();
    const saying = { id, text: 'I like long walks' };
    expect(await ada.remember(saying)).toEqual({ recorded: [id], merged: [], rejected: [] });
    expect(await ada.remember(saying)).toEqual({ recorded: [id], merged: [], rejected: [] });
    const again = { id: twin, text: 'I like long walks.' };
    expect(await ada.remember(again)).toEqual({ recorded: [], merged: [{ id: twin, into: id }], rejected: [] });
    expect(await ada.remember(again)).toEqual({ recorded: [], merged: [{ id: twin, into: id }], rejected: [] });
    await ada.remember({ text: 'I do not like long walks' });
    expect(await ada.texts()).toEqual(['I do not like long walks', 'I like long walks']);
  });

  it('keeps once what several requests say at the same time', async () => {
    const ada = bed.person();
    const answers = await Promise.all(Array.from({ length: 4 }, () => ada.remember({ text: 'I am afraid of heights' })));
    expect(answers.flatMap(({ recorded }) => recorded)).toHaveLength(1);
    expect(answers.flatMap(({ merged }) => merged)).toHaveLength(3);
    expect(await ada.texts()).toEqual(['I am afraid of heights']);
  });

  it('lists newest first in pages, by type', async () => {
    const ada = bed.person();
    for (const text of ['swim on Mondays', 'read in bed', 'cook with friends']) {
      await ada.remember({ text, type: 'routine' });
      bed.clock.advance(1_000);
    }
    await ada.remember({ text: 'finish the novel', type: 'goal' });
    const first = await ada.list({ limit: 2, type: 'routine' });
    expect(first.items).toHaveLength(2);
    expect(first.next_cursor).not.toBeNull();
    expect(await ada.texts({ limit: 2, type: 'routine', cursor: first.next_cursor ?? '' })).toEqual(['swim on Mondays']);
    await expect(ada.list({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'memory.cursor.invalid' });
  });

  it('forgets for good, also when the same memory is sent once more', async () => {
    const ada = bed.person();
    const id = uuidv7();
    const secret = { id, text: 'my secret is a purple elephant' };
    await ada.remember(secret);
    await ada.forget(id);
    expect(await ada.texts()).toEqual([]);
    expect(await ada.recall('elephant')).toEqual([]);
    expect(await ada.remember(secret)).toEqual({ recorded: [], merged: [], rejected: [] });
    expect(await ada.texts()).toEqual([]);
    await expect(ada.forget(id)).rejects.toMatchObject({ code: 'memory.memory.not-found' });
  });

  it('lets people correct what is remembered, and forget it all', async () => {
    const ada = bed.person();
    const id = uuidv7();
    await ada.remember({ id, text: 'I play the cello' }, { text: 'I like tea' });
    expect(await ada.correct(id, { text: 'I play the viola', type: 'routine' })).toMatchObject({ id, type: 'routine' });
    expect(await ada.recall('viola', 1)).toEqual(['I play the viola']);
    await ada.forgetAll();
    expect(await ada.texts()).toEqual([]);
    expect(await ada.recall('viola')).toEqual([]);
    await expect(ada.correct(id, { type: 'goal' })).rejects.toMatchObject({ code: 'memory.memory.not-found' });
  });

  it('learns and recalls nothing while it is paused', async () => {
    const ada = bed.person();
    await ada.remember({ text: 'I like tea' });
    expect(await ada.pause(true)).toEqual({ paused: true });
    expect(await ada.remember({ text: 'I like wine' })).toEqual({ recorded: [], merged: [], rejected: [] });
    expect(await ada.recall('tea')).toEqual([]);
    expect(await ada.pause(false)).toEqual({ paused: false });
    expect(await ada.recall('tea')).toEqual(['I like tea']);
  });

  it('tells where somebody lives, and where they lived', async () => {
    const ada = bed.person();
    await ada.remember({ text: 'I live in Paris', at: '2026-01-10T08:00:00.000Z' });
    await ada.remember({ text: 'I moved to Lyon', at: '2026-06-01T08:00:00.000Z' });
    expect(await ada.recall('where do I live?')).toEqual(['I moved to Lyon']);
    expect((await ada.recall('where did I live in March 2026?'))[0]).toBe('I live in Paris');
    const march = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' };
    expect((await ada.recall('where did I live then?', 1, march))).toEqual(['I live in Paris']);
  });

  it('keeps nothing that its source does not bear out', async () => {
    const ada = bed.person();
    const id = uuidv7();
    const text = await bed.seal(ada.id, { oid: id, ctx: 'memories.memory.text' }, 'I know John Doe');
    const source = { kind: 'message', id: uuidv7(), start: 0, end: 5 } as const;
    const quote = await bed.seal(ada.id, { oid: id, ctx: 'memories.memory.quote' }, 'I run');
    const item = { id, type: 'reflection', text, source, valid_from: new Date().toISOString() } as const;
    expect(await ada.rememberRaw([item])).toEqual({ recorded: [], merged: [], rejected: [id] });
    expect(await ada.rememberRaw([{ ...item, quote }])).toEqual({ recorded: [], merged: [], rejected: [id] });
    expect(await ada.texts()).toEqual([]);
  });

  it('never shows one person the memories of another, nor lets them forget those', async () => {
    const [ada, ben] = [bed.person(), bed.person()];
    const id = uuidv7();
    await ada.remember({ id, text: 'I am afraid of heights' });
    expect(await ben.recall('afraid of heights')).toEqual([]);
    expect(await ben.texts()).toEqual([]);
    await expect(ben.forget(id)).rejects.toMatchObject({ code: 'memory.memory.not-found' });
    await ben.remember({ id, text: 'I am afraid of dogs' });
    expect(await ada.texts()).toEqual(['I am afraid of heights']);
    expect(await ben.texts()).toEqual(['I am afraid of dogs']);
  });

  it('refuses words that were sealed for another place or person', async () => {
    const [ada, ben] = [bed.person(), bed.person()];
    const stolen = await bed.seal(ben.id, { oid: uuidv7(), ctx: 'memories.memory.text' }, 'not yours');
    const item = { id: uuidv7(), type: 'goal', text: stolen, source: { kind: 'event', id: uuidv7() }, valid_from: new Date().toISOString() } as const;
    await expect(ada.rememberRaw([item])).rejects.toMatchObject({ code: 'memory.memory.unreadable', kind: 'invalid' });
    expect(await ada.texts()).toEqual([]);
  });

  it('tells the others what was recorded and what no longer holds', async () => {
    const ada = bed.person();
    const id = uuidv7();
    await ada.remember({ id, text: 'the garden needs me', type: 'goal' });
    await ada.forget(id);
    const told = await rows<{ type: string; data: unknown }>(`SELECT type, payload->'data' AS data FROM outbox WHERE aggregate_id = '${id}' ORDER BY seq`);
    expect(told).toEqual([
      { type: 'memory.recorded', data: { id, memory_type: 'goal' } },
      { type: 'memory.superseded', data: { id, by: null, reason: 'forgotten' } },
    ]);
  });

  it('keeps no word readable at rest', async () => {
    const ada = bed.person();
    await ada.remember({ text: 'xylophone lessons with grandmother' });
    await ada.recall('xylophone');
    const tables = await rows<{ table_name: string }>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'");
    for (const { table_name: table } of tables) {
      const found = await rows(`SELECT 1 FROM ${table} AS t WHERE t::text ILIKE '%xylophone%'`);
      expect({ table, found }).toEqual({ table, found: [] });
    }
  });

  async function rows<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: `${bed.database.url}_memory` });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }
});
