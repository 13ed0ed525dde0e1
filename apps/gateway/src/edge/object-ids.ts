import type { Route } from '@selfos/contracts';
import { keyedHash, requestFingerprint, utf8, type HmacKey } from '@selfos/crypto';
import { RemoteProblem } from '@selfos/http';
import { uuidv8, uuidv7 } from '@selfos/kernel';
import { createHash } from 'node:crypto';
import { KeySpent } from '../gateway.errors.js';

/** Names the objects that a body brings without an id. */
export type NameObject = (path: string) => string;

/**
 * The same request under the same Idempotency-Key names the same objects again, so that a repetition seals for the same places.
 * Without a key every object gets a new name.
 */
export async function objectNames(key: HmacKey, route: Route, idempotencyKey: string | undefined): Promise<NameObject> {
  if (idempotencyKey === undefined) return () => uuidv7();
  const seed = await keyedHash(key, 'object-id', route.name, idempotencyKey);
  return (path) => uuidv8(createHash('sha256').update(seed).update(path).digest());
}

const EXISTS = /\.(?:exists|id-taken)$/;

/** Remembers whether a body's objects were named by an Idempotency-Key, which keeps its names longer than services keep its answer. */
export class NamedObjects {
  private byKey = false;

  as(names: NameObject, idempotencyKey: string | undefined): NameObject {
    return (path) => {
      this.byKey ||= idempotencyKey !== undefined;
      return names(path);
    };
  }

  /** What to refuse with: the client knows nothing of an id that exists already when the id came from its key. */
  refusalOf(error: unknown): unknown {
    return this.byKey && error instanceof RemoteProblem && error.kind === 'conflict' && EXISTS.test(error.code) ? new KeySpent() : error;
  }
}

/** Stands for a plain body in the comparison of repeated requests: sealing makes different bytes of the same words each time. */
export async function fingerprintOfPlain(key: HmacKey, request: { readonly method: string; readonly path: string; readonly body: unknown }): Promise<string> {
  return requestFingerprint(key, { method: request.method, path: request.path, body: utf8(JSON.stringify(request.body ?? null)) });
}
