import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { MemoryBed } from './memory-bed.js';

requireRealPart('postgres')('memory, over HTTP on a real database', () => {
  let bed: MemoryBed;
  beforeAll(async () => {
    bed = await MemoryBed.start();
  }, 60_000);
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
  }, 30_000);

  it('keeps the same id once, and merges what was said before', async () => {
    const ada = bed.person();
    const id = uuidv7();
    const twin = uuidv7();
    const saying = { id, text: 'I like long walks' };
    expect(await ada.remember(saying)).toEqual({ recorded: [id], merged: [] });
    expect(await ada.remember(saying)).toEqual({ recorded: [id], merged: [] });
    const again = { id: twin, text: 'I like long walks.' };
    expect(await ada.remember(again)).toEqual({ recorded: [], merged: [{ id: twin, into: id }] });
    expect(await ada.remember(again)).toEqual({ recorded: [], merged: [{ id: twin, into: id }] });
    await ada.remember({ text: 'I do not like long walks' });
    expect(await ada.texts()).toEqual(['I do not like long walks', 'I like long walks']);
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
    expect(await ada.remember(secret)).toEqual({ recorded: [], merged: [] });
    expect(await ada.texts()).toEqual([]);
    await expect(ada.forget(id)).rejects.toMatchObject({ code: 'memory.memory.not-found' });
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
