import type { Uuid } from '@selfos/kernel';
import { type IndexedVector, type Likeness, VectorIndex } from '../../domain/ports/vector-index.js';
import { dot } from '../../domain/search/dot.js';

/** For specs: compares with everything there is. */
export class InMemoryVectorIndex extends VectorIndex {
  private readonly vectors = new Map<string, IndexedVector>();

  async put(userId: Uuid, model: string, vectors: readonly IndexedVector[]): Promise<void> {
    for (const one of vectors) this.vectors.set(`${userId}/${model}/${one.id}`, one);
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    for (const key of [...this.vectors.keys()]) if (key.startsWith(`${userId}/`) && key.endsWith(`/${id}`)) this.vectors.delete(key);
  }

  async removeAll(userId: Uuid): Promise<void> {
    for (const key of [...this.vectors.keys()]) if (key.startsWith(`${userId}/`)) this.vectors.delete(key);
  }

  find(userId: Uuid, model: string, ids: readonly Uuid[]): Promise<readonly IndexedVector[]> {
    return Promise.resolve(ids.flatMap((id) => this.vectors.get(`${userId}/${model}/${id}`) ?? []));
  }

  nearest(userId: Uuid, model: string, query: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]> {
    const own = [...this.vectors].filter(([key]) => key.startsWith(`${userId}/${model}/`)).map(([, one]) => one);
    const scored = own.map(({ id, vector }) => ({ id, score: dot(query.vector, vector) }));
    return Promise.resolve(scored.sort((a, b) => b.score - a.score).slice(0, query.k));
  }
}
