import { Pinecone, type Index } from '@pinecone-database/pinecone';
import { DependencyGuard } from '@selfos/http';
import { isUuid, type Uuid } from '@selfos/kernel';
import { PINECONE_LIMITS } from '../../dependency-limits.js';
import { VectorIndexUnavailable } from '../../domain/memory/memory.errors.js';
import { RemoteVectors } from '../../domain/ports/remote-vectors.js';
import type { VectorCloak } from '../../domain/ports/vector-cloak.js';
import type { IndexedVector, Likeness } from '../../domain/ports/vector-index.js';

export interface PineconeOptions {
  readonly apiKey: string;
  /** Where the index is served, e.g. https://memories-abc.svc.pinecone.io. */
  readonly host: string;
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
}

// Limits of the service (docs.pinecone.io, database limits): records and ids of one call, results of one query.
const RECORDS = 100;
const IDS = 1_000;
const RESULTS = 10_000;

/** Pinecone, one namespace for each person, named by a keyed hash. It holds cloaked vectors and opaque ids, and no metadata at all. */
export class PineconeVectors extends RemoteVectors {
  private readonly index: Index;
  private readonly guard = new DependencyGuard(PINECONE_LIMITS, (detail) => new VectorIndexUnavailable({ detail }));

  constructor(
    { apiKey, host, timeoutMs = PINECONE_LIMITS.timeoutMs, maxRetries = PINECONE_LIMITS.retries }: PineconeOptions,
    private readonly cloak: VectorCloak,
  ) {
    super();
    const fetchApi: typeof fetch = (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    this.index = new Pinecone({ apiKey, maxRetries, fetchApi }).index({ host });
  }

  async put(userId: Uuid, vectors: readonly IndexedVector[]): Promise<void> {
    const space = await this.indexOf(userId);
    for (let start = 0; start < vectors.length; start += RECORDS) {
      const records = vectors.slice(start, start + RECORDS).map(({ id, vector }) => ({ id, values: [...vector] }));
      await this.reached(() => space.upsert({ records }));
    }
  }

  async remove(userId: Uuid, ids: readonly Uuid[]): Promise<void> {
    const space = await this.indexOf(userId);
    for (let start = 0; start < ids.length; start += IDS) await this.reached(() => space.deleteMany({ ids: ids.slice(start, start + IDS) }), isUnknownNamespace);
  }

  async removeAll(userId: Uuid): Promise<void> {
    await this.removeSpace(await this.spaceOf(userId));
  }

  // An empty name is the namespace that everybody shares: whoever has no id gets none.
  async spaceOf(userId: Uuid): Promise<string> {
    if (!isUuid(userId)) throw new VectorIndexUnavailable({ cause: 'not a user id' });
    return this.cloak.nameOf(userId);
  }

  async removeSpace(space: string): Promise<void> {
    if (space.trim() === '') throw new VectorIndexUnavailable({ cause: 'not a space' });
    await this.reached(() => this.index.namespace(space).deleteAll(), isUnknownNamespace);
  }

  async nearest(userId: Uuid, { vector, k }: { readonly vector: Float32Array; readonly k: number }): Promise<readonly Likeness[]> {
    const space = await this.indexOf(userId);
    const found = await this.reached(() => space.query({ vector: [...vector], topK: Math.min(k, RESULTS), includeValues: false, includeMetadata: false }));
    return (found?.matches ?? []).map(({ id, score = 0 }) => ({ id, score }));
  }

  // The client repeats a call itself, and knows how long the service wants to be left alone before.
  private reached<T>(call: () => Promise<T>, isHarmless: (error: unknown) => boolean = () => false): Promise<T | undefined> {
    return this.guard.run(false, async () => {
      try {
        return await call();
      } catch (error) {
        if (isHarmless(error)) return undefined;
        throw new VectorIndexUnavailable({ cause: error instanceof Error ? error.name : 'unknown' });
      }
    });
  }

  private async indexOf(userId: Uuid): Promise<Index> {
    return this.index.namespace(await this.spaceOf(userId));
  }
}

/** A namespace comes into being with its first vector; one that never had any is already empty. */
function isUnknownNamespace(error: unknown): boolean {
  return error instanceof Error && error.name === 'PineconeNotFoundError';
}
