import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { events } from '@selfos/contracts';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { eventually, requireRealPart } from '@selfos/testing';
import pg from 'pg';
import { MemoryBed, type Person } from './memory-bed.js';
import { numbers } from './numbers.js';

const SIZES = { ci: { tenants: 50, steps: 150 }, full: { tenants: 50, steps: 3_000 } };
const SIZE = SIZES[process.env['PROOF_SIZE'] === 'full' ? 'full' : 'ci'];
const SEED = Number(process.env['PROOF_SEED'] ?? 20_261_122);
const WORDS = 'garden violin harbour lantern meadow pepper saddle tunnel velvet walnut anchor basket candle desert ember falcon glacier hammock island jungle kettle ladder marble needle orchard pillow quartz ribbon shadow thunder'.split(' ');

/** One of many people whose words carry a mark of their own, and what they should find. */
interface Tenant {
  readonly person: Person;
  readonly mark: string;
  readonly kept: Map<Uuid, string>;
  /** Ids of what was seen of them. */
  readonly seen: Set<Uuid>;
  /** What a plan of theirs forgot. */
  readonly hidden: Set<Uuid>;
}

requireRealPart('postgres')(`${SIZE.tenants} people on one memory, seed ${SEED}`, () => {
  let bed: MemoryBed;
  beforeAll(async () => {
    bed = await MemoryBed.start();
  });
  afterAll(() => bed.stop());

  it('never see, change or delete anything of one another, whatever ids they send', async () => {
    const next = numbers(SEED);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
    const tenants = Array.from({ length: SIZE.tenants }, (_, index): Tenant => ({ person: bed.person(), mark: `mark${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`, kept: new Map(), seen: new Set(), hidden: new Set() }));
    const say = (tenant: Tenant): string => [tenant.mark, ...Array.from({ length: 6 }, () => pick(WORDS))].join(' ');

    let told = 0;
    const acts: ((tenant: Tenant) => Promise<void>)[] = [
      async (tenant) => {
        // now and then with an id that is somebody else's
        const borrowed = next() < 0.2 ? pick([...pick(tenants).kept.keys(), uuidv7()]) : uuidv7();
        if (tenant.kept.has(borrowed) || tenant.hidden.has(borrowed)) return;
        const text = say(tenant);
        const { recorded } = await tenant.person.remember({ id: borrowed, text });
        for (const id of recorded) tenant.kept.set(id, text);
      },
      async (tenant) => {
        const found = await tenant.person.recall(say(pick(tenants)), 50);
        expect(found.filter((text) => !text.startsWith(tenant.mark))).toEqual([]);
      },
      async (tenant) => {
        const id = pick([...pick(tenants).kept.keys(), uuidv7()]);
        if (tenant.kept.delete(id) || tenant.hidden.delete(id)) await tenant.person.forget(id);
        else await expect(tenant.person.forget(id)).rejects.toMatchObject({ kind: 'not-found' });
      },
      async (tenant) => {
        for (const empty of ['', ' ', '%20', '*', 'null', 'undefined', '00000000-0000-0000-0000-000000000000']) await expect(tenant.person.forget(empty)).rejects.toBeDefined();
      },
      async (tenant) => {
        const id = pick([...pick(tenants).kept.keys(), uuidv7()]);
        if (tenant.kept.has(id)) return;
        await expect(tenant.person.correct(id, { type: 'goal' })).rejects.toMatchObject({ kind: 'not-found' });
      },
      async (tenant) => {
        // what was seen of one teaches nothing of another, also under the same id
        const id = next() < 0.3 ? pick([...pick(tenants).seen, uuidv7()]) : uuidv7();
        await tenant.person.observe({ id, seq: (told += 1), cues: [{ kind: 'style', style: 'casual' }] });
        tenant.seen.add(id);
      },
      async (tenant) => {
        await tenant.person.changeProfile({ motivation_triggers: { value: [tenant.mark] } });
        const { motivation_triggers: triggers, communication_style: style } = await tenant.person.profile('engine');
        expect([triggers?.value, triggers?.observations, style?.observations ?? 0]).toEqual([[tenant.mark], 0, tenant.seen.size < 5 ? 0 : tenant.seen.size]);
      },
      async (tenant) => {
        if (next() > 0.25) return;
        await tenant.person.resetProfile();
        tenant.seen.clear();
        expect((await tenant.person.profile()).motivation_triggers).toBeNull();
      },
      async (tenant) => {
        // a plan of theirs that names anybody's memories: it forgets their own only
        const [plan, id, target] = [uuidv7(), uuidv7(), pick([...pick(tenants).kept.keys(), uuidv7()])];
        const text = say(tenant);
        const envelope = await bed.seal(tenant.person.id, { oid: id, ctx: 'memories.memory.text' }, text);
        const memories = [{ op: 'remember' as const, id, type: 'preference' as const, text: { oid: id, ctx: 'memories.memory.text', envelope } }, { op: 'forget' as const, id: target }];
        await bed.happens(events.planApplied, { userId: tenant.person.id, id: plan }, { id: plan, conversation_id: null, task_ids: [], goal_ids: [], memories });
        await eventually(async () => expect(await tenant.person.texts({ limit: 100 })).toContain(text), { timeoutMs: 20_000 });
        tenant.kept.set(id, text);
        if (!tenant.kept.delete(target)) return;
        tenant.hidden.add(target);
        await eventually(async () => expect((await tenant.person.list({ limit: 100 })).items.map((item) => item.id)).not.toContain(target), { timeoutMs: 20_000 });
      },
      async (tenant) => {
        if (next() > 0.25) return;
        await tenant.person.forgetAll();
        tenant.kept.clear();
        tenant.hidden.clear();
      },
    ];

    for (const tenant of tenants) await acts[0]?.(tenant);
    for (let step = 0; step < SIZE.steps; step += 1) await pick(acts)(pick(tenants));

    for (const tenant of tenants) expect((await tenant.person.texts({ limit: 100 })).sort()).toEqual([...tenant.kept.values()].sort());
    const vectors = await rows<{ user_id: string; count: string }>('SELECT v.user_id, count(*) FROM memory_vectors v JOIN memories m ON m.user_id = v.user_id AND m.id = v.memory_id WHERE cardinality(m.hidden_by) = 0 GROUP BY v.user_id');
    expect(new Map(vectors.map(({ user_id: id, count }) => [id, Number(count)]))).toEqual(new Map(tenants.filter(({ kept }) => kept.size > 0).map(({ person, kept }) => [person.id, kept.size])));
  }, 600_000);

  it('is nobody without an id, and nobody has memories', async () => {
    const ada = bed.person();
    await ada.remember({ text: 'I like tea' });
    for (const nobody of ['', ' ', 'null']) {
      const stranger = bed.person(nobody);
      await expect(stranger.texts()).rejects.toBeDefined();
      await expect(stranger.forgetAll()).rejects.toBeDefined();
    }
    expect(await ada.texts()).toEqual(['I like tea']);
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
