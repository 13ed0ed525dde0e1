import { dot } from '../src/domain/search/dot.js';
import type { Asked, Reply } from './protocol-server.js';

interface StoredVector {
  readonly id: string;
  readonly values: readonly number[];
}

/** The bit of Pinecone's data plane that we use, with namespaces that come into being with their first vector. */
export class Namespaces {
  readonly all = new Map<string, Map<string, StoredVector>>();

  answer({ path, body }: Asked): Reply {
    const space = this.all.get(String(body['namespace'] ?? ''));
    if (path === '/vectors/upsert') return this.upsert(String(body['namespace'] ?? ''), body['vectors'] as StoredVector[]);
    if (path === '/query') return { status: 200, body: { matches: nearest([...(space?.values() ?? [])], body), namespace: body['namespace'], usage: { readUnits: 1 } } };
    if (path !== '/vectors/delete') return { status: 404, body: { code: 5, message: 'no such path' } };
    if (space === undefined) return { status: 404, body: { code: 5, message: 'Namespace not found', details: [] } };
    if (body['deleteAll'] === true) this.all.delete(String(body['namespace']));
    for (const id of (body['ids'] as string[] | undefined) ?? []) space.delete(id);
    return { status: 200, body: {} };
  }

  private upsert(name: string, vectors: StoredVector[]): Reply {
    const space = this.all.get(name) ?? new Map<string, StoredVector>();
    this.all.set(name, space);
    for (const vector of vectors) space.set(vector.id, vector);
    return { status: 200, body: { upsertedCount: vectors.length } };
  }
}

function nearest(vectors: readonly StoredVector[], body: Asked['body']): { id: string; score: number; values: number[] }[] {
  const query = Float32Array.from(body['vector'] as number[]);
  const scored = vectors.map(({ id, values }) => ({ id, score: dot(query, Float32Array.from(values)), values: [] }));
  return scored.sort((a, b) => b.score - a.score).slice(0, Number(body['topK']));
}
