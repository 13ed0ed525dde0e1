import type { Uuid } from '@selfos/kernel';

/**
 * Turns vectors into a space of this person's own, by a secret rotation. Distances stay as they are; whoever steals the
 * index without the key cannot compare its vectors with texts they embed themselves.
 */
export abstract class VectorCloak {
  abstract cloak(userId: Uuid, vectors: readonly Float32Array[]): Promise<readonly Float32Array[]>;

  /** A name under which to keep a person's vectors elsewhere: always the same, and telling nothing of them. */
  abstract nameOf(userId: Uuid): Promise<string>;
}
