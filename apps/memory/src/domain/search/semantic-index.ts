import { DomainError, type Uuid } from '@selfos/kernel';
import type { Embedder } from '../ports/embedder.js';
import type { VectorCloak } from '../ports/vector-cloak.js';
import type { IndexedVector, VectorIndex } from '../ports/vector-index.js';
import type { Likeness } from './passage-index.js';

/** Finds memories by meaning: embeds, cloaks, and asks the index. */
export class SemanticIndex {
  constructor(
    private readonly embedder: Embedder,
    private readonly cloak: VectorCloak,
    private readonly index: VectorIndex,
  ) {}

  get model(): string {
    return this.embedder.model;
  }

  /** Which of these have a vector of the model in use. */
  async present(userId: Uuid, ids: readonly Uuid[]): Promise<readonly Uuid[]> {
    return (await this.index.find(userId, this.embedder.model, ids)).map(({ id }) => id);
  }

  /** Vectors as the index keeps them; takes time, so call it outside any transaction. */
  async vectorsOf(userId: Uuid, texts: readonly string[]): Promise<readonly Float32Array[]> {
    return texts.length === 0 ? [] : this.cloak.cloak(userId, await this.embedder.embed(texts));
  }

  put(userId: Uuid, vectors: readonly IndexedVector[]): Promise<void> {
    return this.index.put(userId, this.embedder.model, vectors);
  }

  remove(userId: Uuid, id: Uuid): Promise<void> {
    return this.index.remove(userId, id);
  }

  removeAll(userId: Uuid): Promise<void> {
    return this.index.removeAll(userId);
  }

  /** Cosines of the k nearest, by id. Call it outside any transaction. */
  async nearest(userId: Uuid, vector: Float32Array, k: number): Promise<Likeness> {
    const found = await this.index.nearest(userId, this.embedder.model, { vector, k });
    return new Map(found.map(({ id, score }) => [id, score]));
  }

  /** The same for a text; where meaning cannot be told right now, nothing is like it, and words alone must do. */
  async nearestTo(userId: Uuid, text: string, k: number): Promise<Likeness> {
    try {
      const [vector = new Float32Array()] = await this.vectorsOf(userId, [text]);
      return await this.nearest(userId, vector, k);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unavailable') return new Map();
      throw error;
    }
  }
}
