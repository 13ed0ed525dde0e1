import { type Clock, uuidv7, type Uuid } from '@selfos/kernel';
import type { JsonObject, Work } from '@selfos/work';
import { VectorIndexUnavailable } from '../memory/memory.errors.js';
import type { RemoteSpaces } from '../ports/remote-spaces.js';
import type { RemoteVectors } from '../ports/remote-vectors.js';
import { type IndexedVector, type Likeness, VectorIndex } from '../ports/vector-index.js';

export const SEND_VECTORS = 'memory.send-vectors';

/** What a job of SEND_VECTORS is to do; vectors themselves are read when it runs. */
export type VectorChange =
  | { readonly change: 'put'; readonly model: string; readonly ids: readonly string[] }
  | { readonly change: 'remove'; readonly ids: readonly string[] }
  /** `space`: where they lie, as far as it was known when this was booked. */
  | { readonly change: 'remove-all'; readonly space?: string | undefined };

/**
 * Vectors in two places: in our own database, which is the truth, and in another that searches them at any scale. Changes are
 * written down with those of the memories and sent later; while the other place does not answer, our own searches.
 */
export class MirroredVectorIndex extends VectorIndex {
  constructor(
    private readonly own: VectorIndex,
    private readonly remote: RemoteVectors,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly spaces: RemoteSpaces,
  ) {
    super();
  }

  async put(userId: Uuid, model: string, vectors: readonly IndexedVector[]): Promise<void> {
    await this.own.put(userId, model, vectors);
    await this.book(userId, { change: 'put', model, ids: vectors.map(({ id }) => id) });
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    await this.own.remove(userId, id);
    await this.book(userId, { change: 'remove', ids: [id] });
  }

  async removeAll(userId: Uuid): Promise<void> {
    const space = await this.spaces.find(userId);
    await this.own.removeAll(userId);
    await this.book(userId, { change: 'remove-all', ...(space === undefined ? {} : { space }) });
  }

  find(userId: Uuid, model: string, ids: readonly Uuid[]): Promise<readonly IndexedVector[]> {
    return this.own.find(userId, model, ids);
  }

  async nearest(userId: Uuid, model: string, query: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]> {
    try {
      return await this.remote.nearest(userId, query);
    } catch (error) {
      if (error instanceof VectorIndexUnavailable) return this.own.nearest(userId, model, query);
      throw error;
    }
  }

  private async book(userId: Uuid, change: VectorChange): Promise<void> {
    const payload = JSON.parse(JSON.stringify(change)) as JsonObject;
    await this.work.enqueue({ kind: SEND_VECTORS, key: uuidv7(), userId, runAt: this.clock.now(), payload });
  }
}
