import type { Uuid } from '@selfos/kernel';
import type { IndexedVector, Likeness } from './vector-index.js';

/**
 * A vector index in another place, reached over the network: never called inside a transaction. It may lag behind and forget;
 * what stands in our own database is the truth. Every method throws VectorIndexUnavailable, and refuses an empty user id.
 */
export abstract class RemoteVectors {
  abstract put(userId: Uuid, vectors: readonly IndexedVector[]): Promise<void>;

  abstract remove(userId: Uuid, ids: readonly Uuid[]): Promise<void>;

  abstract removeAll(userId: Uuid): Promise<void>;

  abstract nearest(userId: Uuid, query: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]>;
}
