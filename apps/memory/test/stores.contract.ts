import { expect, it } from '@jest/globals';
import { uuidv7, type Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import { openEnvelopeOf } from '../src/adapters/in-memory/plain-texts.js';
import { MemoryNotFound } from '../src/domain/memory/memory.errors.js';
import { supersede } from '../src/domain/memory/memory.js';
import type { MemoryRepository, Owner } from '../src/domain/memory/memory.repository.js';
import type { VectorIndex } from '../src/domain/ports/vector-index.js';
import { aMemory } from './builders.js';

export interface Stores {
  readonly memories: MemoryRepository;
  readonly vectors: VectorIndex;
  readonly transaction: Transaction;
  /** Runs as a person of their own. */
  as<T>(userId: Uuid, work: () => Promise<T>): Promise<T>;
}

const T0 = new Date('2026-03-02T08:00:00.000Z');
const later = (minutes: number): Date => new Date(T0.getTime() + minutes * 60_000);

/** What every pair of MemoryRepository and VectorIndex must do. */
export function storesContract(open: () => Stores): void {
  const inTransaction = <T>(userId: Uuid, work: (stores: Stores) => Promise<T>): Promise<T> => {
    const stores = open();
    return stores.as(userId, () => stores.transaction.run(() => work(stores)));
  };

  it('gives a memory back as it was saved, from every source', async () => {
    const ada = uuidv7();
    const said = aMemory({ text: 'said' }, T0);
    const seen = { ...aMemory({ text: 'seen' }, later(1)), source: { kind: 'event', id: uuidv7() } as const };
    const planned = { ...aMemory({ text: 'planned' }, later(2)), source: { kind: 'plan', id: uuidv7() } as const };
    await inTransaction(ada, async ({ memories }) => {
      await memories.save(ada, said);
      await memories.save(ada, seen);
      await memories.save(ada, planned);
    });
    const page = await inTransaction(ada, ({ memories }) => memories.findPage(ada, { limit: 10 }, {}));
    expect(page).toEqual({ items: [planned, seen, said] });
  });

  it('pages newest first without a gap, also between memories of the same moment', async () => {
    const ada = uuidv7();
    const all = [0, 1, 1, 1, 2].map((minute) => aMemory({}, later(minute)));
    await inTransaction(ada, async ({ memories }) => {
      for (const memory of all) await memories.save(ada, memory);
    });
    const ids: Uuid[] = [];
    let cursor: string | undefined;
    do {
      const page = await inTransaction(ada, ({ memories }) => memories.findPage(ada, { limit: 2, cursor }, {}));
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)));
    expect(ids).toHaveLength(5);
    expect(ids[0]).toBe(all[4]?.id);
  });

  it('finds all of one person, oldest first, as they are now', async () => {
    const [ada, ben] = [uuidv7(), uuidv7()];
    const [first, second] = [aMemory({ text: 'first', validFrom: T0 }, T0), aMemory({ text: 'second' }, later(1))];
    const closed = supersede(first, second.id, later(10));
    const corrected = { ...second, text: openEnvelopeOf('corrected'), type: 'goal' } as const;
    await inTransaction(ada, async ({ memories }) => {
      for (const memory of [second, first, closed, corrected]) await memories.save(ada, memory);
    });
    expect(await inTransaction(ada, ({ memories }) => memories.findAll(ada))).toEqual([closed, corrected]);
    expect(await inTransaction(ada, ({ memories }) => memories.find(ada, first.id))).toEqual(closed);
    expect(await inTransaction(ben, ({ memories }) => memories.findAll(ben))).toEqual([]);
    expect(await inTransaction(ben, ({ memories }) => memories.find(ben, first.id))).toBeUndefined();
  });

  it('gives memories a new version with every change, and lets one at a time change them', async () => {
    const ada = uuidv7();
    const owner = (): Promise<Owner> => inTransaction(ada, ({ memories }) => memories.getOwner(ada));
    expect(await owner()).toEqual({ version: 0, paused: false });
    expect(await inTransaction(ada, ({ memories }) => memories.claim(ada, 0))).toBe(true);
    expect(await inTransaction(ada, ({ memories }) => memories.claim(ada, 0))).toBe(false);
    const seen = [(await owner()).version];
    const memory = aMemory();
    const changes: ((stores: Stores) => Promise<void>)[] = [
      ({ memories }) => memories.save(ada, memory),
      ({ memories }) => memories.pause(ada, true),
      ({ memories }) => memories.remove(ada, memory.id),
    ];
    for (const change of changes) {
      await inTransaction(ada, change);
      seen.push((await owner()).version);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect((await owner()).paused).toBe(true);
  });

  it('forgets all of one person and nothing of anybody else', async () => {
    const [ada, ben] = [uuidv7(), uuidv7()];
    const memory = aMemory();
    for (const person of [ada, ben]) {
      await inTransaction(person, async ({ memories, vectors }) => {
        await memories.save(person, memory);
        await vectors.put(person, 'compass', [{ id: memory.id, vector: Float32Array.of(1, 0) }]);
      });
    }
    await inTransaction(ada, async ({ memories, vectors }) => {
      await vectors.removeAll(ada);
      await memories.removeAll(ada);
    });
    const query = { vector: Float32Array.of(1, 0), k: 1 };
    expect(await inTransaction(ada, ({ memories }) => memories.findAll(ada))).toEqual([]);
    expect(await inTransaction(ada, ({ vectors }) => vectors.nearest(ada, 'compass', query))).toEqual([]);
    expect(await inTransaction(ada, ({ memories }) => memories.findOutcomes(ada, [memory.id]))).toEqual(new Map([[memory.id, { kind: 'forgotten' }]]));
    expect(await inTransaction(ben, ({ memories }) => memories.findAll(ben))).toHaveLength(1);
    expect(await inTransaction(ben, ({ vectors }) => vectors.nearest(ben, 'compass', query))).toHaveLength(1);
  });

  it('hides a memory for as long as any plan does, and loses nothing of it', async () => {
    const ada = uuidv7();
    const [memory, closed] = [aMemory(), aMemory({ validFrom: T0 }, T0)];
    const [one, other] = [uuidv7(), uuidv7()];
    const shown = (): Promise<readonly Uuid[]> => inTransaction(ada, async ({ memories }) => (await memories.findAll(ada)).map(({ id }) => id));
    await inTransaction(ada, async ({ memories }) => {
      await memories.save(ada, memory);
      await memories.save(ada, supersede(closed, memory.id, later(10)));
      for (const plan of [one, one, other]) await memories.hide(ada, memory.id, plan);
    });
    expect(await shown()).toEqual([closed.id]);
    expect(await inTransaction(ada, ({ memories }) => memories.find(ada, memory.id))).toBeUndefined();
    expect((await inTransaction(ada, ({ memories }) => memories.findPage(ada, { limit: 10 }, {}))).items.map(({ id }) => id)).toEqual([closed.id]);
    expect(await inTransaction(ada, ({ memories }) => memories.findEvenHidden(ada, memory.id))).toEqual(memory);
    expect(await inTransaction(ada, ({ memories }) => memories.findHidden(ada, one))).toEqual([memory]);
    expect((await inTransaction(ada, ({ memories }) => memories.findSupersededBy(ada, memory.id))).map(({ id }) => id)).toEqual([closed.id]);
    await inTransaction(ada, ({ memories }) => memories.show(ada, memory.id, one));
    expect(await shown()).toEqual([closed.id]);
    await inTransaction(ada, ({ memories }) => memories.show(ada, memory.id, other));
    expect(new Set(await shown())).toEqual(new Set([memory.id, closed.id]));
  });

  it('erases all of one person, down to the bare ids', async () => {
    const [ada, memory] = [uuidv7(), aMemory()];
    await inTransaction(ada, async ({ memories }) => {
      await memories.save(ada, memory);
      await memories.merge(ada, uuidv7(), memory.id);
      await memories.pause(ada, true);
      await memories.erase(ada);
    });
    expect(await inTransaction(ada, ({ memories }) => memories.findOutcomes(ada, [memory.id]))).toEqual(new Map());
    expect(await inTransaction(ada, ({ memories }) => memories.getOwner(ada))).toEqual({ version: 0, paused: false });
  });

  it('remembers what became of every id', async () => {
    const ada = uuidv7();
    const [kept, gone] = [aMemory(), aMemory()];
    const merged = uuidv7();
    await inTransaction(ada, async ({ memories }) => {
      await memories.save(ada, kept);
      await memories.save(ada, gone);
      await memories.merge(ada, merged, kept.id);
      await memories.remove(ada, gone.id);
    });
    const outcomes = await inTransaction(ada, ({ memories }) => memories.findOutcomes(ada, [kept.id, gone.id, merged, uuidv7()]));
    expect(outcomes).toEqual(new Map<Uuid, unknown>([[merged, { kind: 'merged', into: kept.id }], [gone.id, { kind: 'forgotten' }], [kept.id, { kind: 'recorded' }]]));
    await expect(inTransaction(ada, ({ memories }) => memories.remove(ada, gone.id))).rejects.toBeInstanceOf(MemoryNotFound);
  });

  it('finds the nearest vectors of one person and one model', async () => {
    const [ada, ben] = [uuidv7(), uuidv7()];
    const [east, north] = [aMemory(), aMemory()];
    await inTransaction(ada, async ({ memories, vectors }) => {
      await memories.save(ada, east);
      await memories.save(ada, north);
      await vectors.put(ada, 'compass', [{ id: east.id, vector: Float32Array.of(1, 0) }, { id: north.id, vector: Float32Array.of(0, 1) }]);
    });
    const query = { vector: Float32Array.of(0.8, 0.6), k: 1 };
    expect(await inTransaction(ada, ({ vectors }) => vectors.nearest(ada, 'compass', query))).toEqual([{ id: east.id, score: expect.closeTo(0.8, 5) }]);
    expect(await inTransaction(ada, ({ vectors }) => vectors.nearest(ada, 'other', query))).toEqual([]);
    expect(await inTransaction(ben, ({ vectors }) => vectors.nearest(ben, 'compass', query))).toEqual([]);
    await inTransaction(ada, ({ vectors }) => vectors.remove(ada, east.id));
    expect((await inTransaction(ada, ({ vectors }) => vectors.nearest(ada, 'compass', { ...query, k: 5 }))).map(({ id }) => id)).toEqual([north.id]);
  });
}
