import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext, Transaction } from '@selfos/persistence';
import { In } from 'typeorm';
import { type IndexedVector, type Likeness, VectorIndex } from '../../domain/ports/vector-index.js';
import { BitCodeIndex } from '../../domain/search/bit-code-index.js';
import { codeOf } from '../../domain/search/bit-codes.js';
import { IndexCache } from '../../domain/search/index-cache.js';
import { MemoryOwnerRow } from './memory-owner.row.js';
import { MemoryVectorRow } from './memory-vector.row.js';
import { ownerChanged } from './owner-changed.js';

interface Loaded {
  readonly ids: readonly Uuid[];
  readonly index: BitCodeIndex;
}

const LIMITS = { size: 128 * 1024 * 1024, milliseconds: 600_000 };

/**
 * The embedded index: vectors and their codes lie beside the memories in PostgreSQL; those of the people who were here last
 * are also in this process's memory, as of the same version of the person's memories.
 */
export class EmbeddedVectorIndex extends VectorIndex {
  private readonly loaded = new IndexCache<Loaded>(LIMITS);

  constructor(
    private readonly context: DatabaseContext,
    private readonly transaction: Transaction,
  ) {
    super();
  }

  async put(userId: Uuid, model: string, vectors: readonly IndexedVector[]): Promise<void> {
    const rows = vectors.map(({ id, vector }) => ({ userId, memoryId: id, model, vector: bytesOf(vector), code: bytesOf(codeOf(vector)) }));
    await ownerChanged(this.context.manager(), userId);
    await this.context.manager().upsert(MemoryVectorRow, rows, ['userId', 'model', 'memoryId']);
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    await ownerChanged(this.context.manager(), userId);
    await this.context.manager().delete(MemoryVectorRow, { userId, memoryId: id });
  }

  async removeAll(userId: Uuid): Promise<void> {
    await ownerChanged(this.context.manager(), userId);
    await this.context.manager().delete(MemoryVectorRow, { userId });
  }

  async find(userId: Uuid, model: string, ids: readonly Uuid[]): Promise<readonly IndexedVector[]> {
    const rows = await this.context.manager().findBy(MemoryVectorRow, { userId, model, memoryId: In([...ids]) });
    return rows.map(({ memoryId, vector }) => ({ id: memoryId, vector: floatsOf(vector) }));
  }

  async nearest(userId: Uuid, model: string, { vector, k }: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]> {
    const { ids, index } = await this.transaction.run(() => this.load(userId, model));
    return index.nearest(vector, k).flatMap(({ place, score }) => {
      const id = ids[place];
      return id === undefined ? [] : [{ id, score }];
    });
  }

  private async load(userId: Uuid, model: string): Promise<Loaded> {
    const owner = await this.context.manager().findOneBy(MemoryOwnerRow, { userId });
    const version = Number(owner?.version ?? 0);
    const known = this.loaded.get(`${userId}/${model}`, version);
    if (known !== undefined) return known;
    const rows = await this.context.manager().find(MemoryVectorRow, { where: { userId, model }, order: { memoryId: 'ASC' } });
    const loaded = loadedFrom(rows);
    if (version > 0) this.loaded.set(`${userId}/${model}`, loaded, { version, size: loaded.index.size });
    return loaded;
  }
}

function loadedFrom(rows: readonly MemoryVectorRow[]): Loaded {
  const dimensions = (rows[0]?.vector.length ?? 0) / 4;
  const vectors = new Float32Array(rows.length * dimensions);
  rows.forEach(({ vector }, place) => vectors.set(floatsOf(vector), place * dimensions));
  const codes = rows.map(({ code }) => new Uint32Array(Uint8Array.from(code).buffer));
  const complete = codes.every((code) => code.length === Math.ceil(dimensions / 32));
  return { ids: rows.map(({ memoryId }) => memoryId), index: new BitCodeIndex(vectors, dimensions, complete ? joined(codes) : undefined) };
}

function joined(codes: readonly Uint32Array[]): Uint32Array {
  const each = codes[0]?.length ?? 0;
  const all = new Uint32Array(codes.length * each);
  codes.forEach((code, place) => all.set(code, place * each));
  return all;
}

function bytesOf(values: Float32Array | Uint32Array): Buffer {
  return Buffer.from(values.slice().buffer);
}

function floatsOf(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
