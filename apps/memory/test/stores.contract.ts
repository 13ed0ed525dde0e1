import { expect, it } from '@jest/globals';
import { uuidv7, type Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import { MemoryNotFound } from '../src/domain/memory/memory.errors.js';
import { supersede } from '../src/domain/memory/memory.js';
import type { MemoryRepository } from '../src/domain/memory/memory.repository.js';
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

  it('gives a memory back as it was saved, from either source', async () => {
    const ada = uuidv7();
    const said = aMemory({ text: 'said' }, T0);
    const seen = { ...aMemory({ text: 'seen' }, later(1)), source: { kind: 'event', id: uuidv7() } as const };
    await inTransaction(ada, async ({ memories }) => {
      await memories.save(ada, said);
      await memories.save(ada, seen);
    });
    const page = await inTransaction(ada, ({ memories }) => memories.findPage(ada, { limit: 10 }, {}));
    expect(page).toEqual({ items: [seen, said] });
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

  it('finds those that hold at a moment', async () => {
    const ada = uuidv7();
    const memory = aMemory({ validFrom: T0 }, T0);
    const closed = supersede(memory, uuidv7(), later(10));
    await inTransaction(ada, async ({ memories }) => {
      await memories.save(ada, memory);
      await memories.save(ada, closed);
    });
    expect(await inTransaction(ada, ({ memories }) => memories.findLive(ada, later(9)))).toEqual([closed]);
    expect(await inTransaction(ada, ({ memories }) => memories.findLive(ada, later(10)))).toEqual([]);
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
