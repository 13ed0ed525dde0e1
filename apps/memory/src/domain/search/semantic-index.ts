import { DomainError, type Uuid } from '@selfos/kernel';
import type { Embedder } from '../ports/embedder.js';
import type { Privacy } from '../ports/privacy.js';
import type { VectorCloak } from '../ports/vector-cloak.js';
import type { IndexedVector, VectorIndex } from '../ports/vector-index.js';
import type { Likeness } from './passage-index.js';

/** Of a text that no model may see: nothing is like it. */
const NO_VECTOR = new Float32Array();

/**
 * Finds memories by meaning: embeds, cloaks, and asks the index. `elsewhere` is set where a model or an index is not of this installation: for whom
 * it withholds, nothing is embedded, sent or asked there.
 */
export class SemanticIndex {
  constructor(
    private readonly embedder: Embedder,
    private readonly cloak: VectorCloak,
    private readonly index: VectorIndex,
    private readonly elsewhere?: Pick<Privacy, 'isWithheld'>,
  ) {}

  get model(): string {
    return this.embedder.model;
  }

  /** Whether this person's memories stay here, so that words alone find them. */
  async isWithheld(userId: Uuid): Promise<boolean> {
    return (await this.elsewhere?.isWithheld(userId)) ?? false;
  }

  /** Which of these have a vector of the model in use. */
  async present(userId: Uuid, ids: readonly Uuid[]): Promise<readonly Uuid[]> {
    if (await this.isWithheld(userId)) return ids;
    return (await this.index.find(userId, this.embedder.model, ids)).map(({ id }) => id);
  }

  /** Vectors as the index keeps them; takes time, so call it outside any transaction. */
  async vectorsOf(userId: Uuid, texts: readonly string[]): Promise<readonly Float32Array[]> {
    if (await this.isWithheld(userId)) return texts.map(() => NO_VECTOR);
    return texts.length === 0 ? [] : this.cloak.cloak(userId, await this.embedder.embed(texts));
  }

  /** What has none any more loses the one it had: it would be of other words. */
  async put(userId: Uuid, vectors: readonly IndexedVector[]): Promise<void> {
    const made = (await this.isWithheld(userId)) ? [] : vectors.filter(({ vector }) => vector.length > 0);
    const without = vectors.filter((one) => !made.includes(one)).map(({ id }) => id);
    const stale = without.length === 0 ? [] : await this.index.find(userId, this.embedder.model, without);
    for (const { id } of stale) await this.index.remove(userId, id);
    if (made.length > 0) await this.index.put(userId, this.embedder.model, made);
  }

  remove(userId: Uuid, id: Uuid): Promise<void> {
    return this.index.remove(userId, id);
  }

  removeAll(userId: Uuid): Promise<void> {
    return this.index.removeAll(userId);
  }

  /** Cosines of the k nearest, by id. Call it outside any transaction. */
  async nearest(userId: Uuid, vector: Float32Array, k: number): Promise<Likeness> {
    if (vector.length === 0) return new Map();
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
