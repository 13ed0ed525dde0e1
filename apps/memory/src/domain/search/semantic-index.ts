import type { Uuid } from '@selfos/kernel';
import type { Embedder } from '../ports/embedder.js';
import type { VectorCloak } from '../ports/vector-cloak.js';
import type { IndexedVector, Likeness, VectorIndex } from '../ports/vector-index.js';

/** Finds memories by meaning: embeds, cloaks, and asks the index. */
export class SemanticIndex {
  constructor(
    private readonly embedder: Embedder,
    private readonly cloak: VectorCloak,
    private readonly index: VectorIndex,
  ) {}

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

  nearest(userId: Uuid, vector: Float32Array, k: number): Promise<readonly Likeness[]> {
    return this.index.nearest(userId, this.embedder.model, { vector, k });
  }
}
