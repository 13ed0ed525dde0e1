import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ProfileCue } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { MemoryBed } from './memory-bed.js';

requireRealPart('postgres')('the personal profile, over HTTP on a real database', () => {
  let bed: MemoryBed;
  beforeAll(async () => {
    bed = await MemoryBed.start();
  });
  afterAll(() => bed.stop());

  const morning: readonly ProfileCue[] = [{ kind: 'hour', hour: 7 }, { kind: 'areas', areas: ['health'] }];
  const casual: readonly ProfileCue[] = [{ kind: 'style', style: 'casual' }, { kind: 'trigger', trigger: 'family' }];

  it('shows nothing under five observations, and then what they say and which they are', async () => {
    const ada = bed.person();
    const ids = Array.from({ length: 5 }, () => uuidv7());
    for (const id of ids.slice(0, 4)) await ada.observe({ id, cues: morning });
    expect(await ada.profile()).toMatchObject({ id: ada.id, version: 1, peak_hours: null, life_area_weights: null });
    await ada.observe({ id: ids[4] ?? uuidv7(), cues: morning });
    const { version, peak_hours: hours, life_area_weights: weights, communication_style: style } = await ada.profile();
    expect(version).toBe(2);
    expect(hours).toMatchObject({ value: [7], observations: 5, locked: false });
    expect([...(hours?.evidence ?? [])].sort()).toEqual([...ids].sort());
    expect(weights?.value).toEqual({ health: 1 });
    expect(style).toBeNull();
  });

  it('counts each message once, and takes back what was undone', async () => {
    const ada = bed.person();
    const ids = Array.from({ length: 5 }, () => uuidv7());
    for (const id of [...ids, ...ids]) await ada.observe({ id, cues: morning });
    expect((await ada.profile()).peak_hours?.observations).toBe(5);
    await ada.observe({ id: ids[0] ?? uuidv7(), seq: 2, cues: [] });
    await ada.observe({ id: ids[0] ?? uuidv7(), seq: 1, cues: morning });
    expect((await ada.profile()).peak_hours).toBeNull();
  });

  it('lets the person set, lock, unlock, reset one value, and reset all', async () => {
    const ada = bed.person();
    const { version } = await ada.changeProfile({ communication_style: { value: 'formal' }, personality_traits: { openness: { value: 0.9 } } }, 1);
    await expect(ada.changeProfile({ peak_hours: { value: [6] } }, 1)).rejects.toMatchObject({ code: 'memory.profile.version-mismatch' });
    await expect(ada.changeProfile({ peak_hours: { locked: true } }, version)).rejects.toMatchObject({ code: 'memory.profile.value-unknown' });
    for (let count = 0; count < 8; count += 1) await ada.observe({ cues: [...casual, ...morning] });
    expect((await ada.profile()).communication_style).toMatchObject({ value: 'formal', locked: true, observations: 8 });
    await ada.changeProfile({ communication_style: { locked: false }, motivation_triggers: { reset: true } });
    const free = await ada.profile();
    expect(free.communication_style).toMatchObject({ value: 'casual', locked: false });
    expect(free.motivation_triggers).toBeNull();
    expect(free.personality_traits.openness).toMatchObject({ value: 0.9, locked: true });
    await ada.resetProfile();
    expect(await ada.profile()).toMatchObject({ communication_style: null, peak_hours: null, personality_traits: { openness: null } });
  });

  it('learns all of what comes at the same time', async () => {
    const ada = bed.person();
    await Promise.all(Array.from({ length: 6 }, () => ada.observe({ cues: morning })));
    expect((await ada.profile()).peak_hours?.observations).toBe(6);
  });

  it('says nothing to an answer while memory is paused, and learns nothing', async () => {
    const ada = bed.person();
    for (let count = 0; count < 5; count += 1) await ada.observe({ cues: casual });
    await ada.pause(true);
    await ada.observe({ cues: casual });
    expect((await ada.profile('engine')).communication_style).toBeNull();
    expect((await ada.profile()).communication_style?.observations).toBe(5);
    await ada.pause(false);
    expect((await ada.profile('engine')).communication_style?.value).toBe('casual');
  });

  it('tells others that a profile changed, and lies sealed in the database', async () => {
    const ada = bed.person();
    for (let count = 0; count < 5; count += 1) await ada.observe({ cues: casual });
    await ada.changeProfile({ motivation_triggers: { value: ['xylophone lessons'] } });
    const told = await rows<{ data: unknown }>("SELECT payload->'data' AS data FROM outbox WHERE type = 'profile.updated' AND aggregate_id = $1 ORDER BY seq", [ada.id]);
    expect(told.map(({ data }) => data)).toEqual([{ profile_version: 2 }, { profile_version: 3 }]);
    for (const table of ['profiles', 'profile_observations', 'outbox']) {
      expect(await rows(`SELECT 1 FROM ${table} AS t WHERE t::text ILIKE '%xylophone%' OR t::text ILIKE '%casual%'`)).toEqual([]);
    }
    expect((await ada.profile()).motivation_triggers).toMatchObject({ value: ['xylophone lessons'], locked: true });
  });

  it('is of one person alone', async () => {
    const [ada, ben] = [bed.person(), bed.person()];
    const ids = Array.from({ length: 5 }, () => uuidv7());
    for (const id of ids) await ada.observe({ id, cues: casual });
    for (const id of ids) await ben.observe({ id, cues: morning });
    await ben.resetProfile();
    expect((await ada.profile()).communication_style?.observations).toBe(5);
    expect((await ben.profile()).peak_hours).toBeNull();
  });

  async function rows<T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: `${bed.database.url}_memory` });
    await client.connect();
    try {
      return (await client.query<T>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }
});
