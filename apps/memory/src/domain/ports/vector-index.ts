import type { Uuid } from '@selfos/kernel';

export interface IndexedVector {
  readonly id: Uuid;
  /** Cloaked: the index never sees a vector in the model's own space. */
  readonly vector: Float32Array;
}

export interface Likeness {
  readonly id: Uuid;
  /** Cosine, -1 to 1. */
  readonly score: number;
}

/**
 * Finds the nearest vectors of one person. A projection of the memories: it can be lost and built again. Changes are made
 * inside the transaction of the memory's change; an adapter that lives elsewhere writes down there what to do later.
 */
export abstract class VectorIndex {
  abstract put(userId: Uuid, model: string, vectors: readonly IndexedVector[]): Promise<void>;

  abstract remove(userId: Uuid, id: Uuid): Promise<void>;

  /** All of one person, of every model. */
  abstract removeAll(userId: Uuid): Promise<void>;

  /** The vectors of that model among these ids. */
  abstract find(userId: Uuid, model: string, ids: readonly Uuid[]): Promise<readonly IndexedVector[]>;

  /** The k nearest of that model, nearest first. Called outside any transaction: it may go over the network. Throws VectorIndexUnavailable. */
  abstract nearest(userId: Uuid, model: string, query: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]>;
}
