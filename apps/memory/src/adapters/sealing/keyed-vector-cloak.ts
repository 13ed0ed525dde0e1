import { deriveHmacKey, type HmacKey, keyedHash, toBase64Url, wipe } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import type { KeySource } from '@selfos/sealing';
import { VectorCloak } from '../../domain/ports/vector-cloak.js';
import { rotate, rotationBytes, rotationFrom } from '../../domain/search/rotation.js';

// Vectors of all times must stay comparable, so the rotation hangs on the first epoch's key.
const EPOCH = 1;
const HASH_BYTES = 32;

/** Rotates by a secret that derives from the person's key of the domain `memories`. */
export class KeyedVectorCloak extends VectorCloak {
  constructor(private readonly keys: KeySource) {
    super();
  }

  async cloak(userId: Uuid, vectors: readonly Float32Array[]): Promise<readonly Float32Array[]> {
    const dimensions = vectors[0]?.length ?? 0;
    if (dimensions === 0) return vectors;
    const secret = await this.secretOf(userId, dimensions);
    const rotation = rotationFrom(secret, dimensions);
    wipe(secret);
    return vectors.map((vector) => rotate(rotation, vector));
  }

  async nameOf(userId: Uuid): Promise<string> {
    const root = await this.keys.domainKey({ userId, domain: 'memories', epoch: EPOCH });
    const key = await deriveHmacKey(root, 'memory-namespace');
    wipe(root);
    const name = toBase64Url(await keyedHash(key, 'vectors'));
    wipe(key);
    return name;
  }

  private async secretOf(userId: Uuid, dimensions: number): Promise<Uint8Array> {
    const root = await this.keys.domainKey({ userId, domain: 'memories', epoch: EPOCH });
    const key = await deriveHmacKey(root, `memory-vectors-${dimensions}`);
    wipe(root);
    const secret = await expand(key, rotationBytes(dimensions));
    wipe(key);
    return secret;
  }
}

// a keyed hash of a counter, as long as is needed
async function expand(key: HmacKey, length: number): Promise<Uint8Array> {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, index) => keyedHash(key, String(index)));
  const bytes = new Uint8Array(blocks.length * HASH_BYTES);
  (await Promise.all(blocks)).forEach((block, index) => bytes.set(block, index * HASH_BYTES));
  return bytes.subarray(0, length);
}
