import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { type IndexedVector, type Likeness, VectorIndex } from '../../domain/ports/vector-index.js';
import { dot } from '../../domain/search/dot.js';
import { MemoryVectorRow } from './memory-vector.row.js';

/** The embedded index: vectors lie beside the memories, and a person's few thousand are simply all compared. */
export class TypeormVectorIndex extends VectorIndex {
  constructor(private readonly context: DatabaseContext) {
    super();
  }

  async put(userId: Uuid, model: string, vectors: readonly IndexedVector[]): Promise<void> {
    const rows = vectors.map(({ id, vector }) => ({ userId, memoryId: id, model, vector: toBytes(vector) }));
    await this.context.manager().upsert(MemoryVectorRow, rows, ['userId', 'memoryId']);
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    await this.context.manager().delete(MemoryVectorRow, { userId, memoryId: id });
  }

  async nearest(userId: Uuid, model: string, query: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]> {
    const rows = await this.context.manager().findBy(MemoryVectorRow, { userId, model });
    const scored = rows.map(({ memoryId, vector }) => ({ id: memoryId, score: dot(query.vector, fromBytes(vector)) }));
    return scored.sort((a, b) => b.score - a.score).slice(0, query.k);
  }
}

function toBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}

function fromBytes(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}
