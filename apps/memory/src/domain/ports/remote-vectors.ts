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

  /** The name of the space that is this person's. */
  abstract spaceOf(userId: Uuid): Promise<string>;

  /** The same as `removeAll`, for whoever has no key any more. */
  abstract removeSpace(space: string): Promise<void>;

  abstract nearest(userId: Uuid, query: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]>;
}
