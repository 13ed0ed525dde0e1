import type { z } from 'zod';
import type { Contract } from './contract.js';
import type { Permission, ServiceName } from './domains.js';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * One endpoint, defined once: the service implements it, the gateway routes it, clients and /docs are typed by it.
 * Paths are written in Fastify's form (`/api/v1/tasks/:id`). Params and queries are clear by definition.
 */
export interface Route {
  readonly name: string;
  readonly summary: string;
  readonly method: Method;
  readonly path: string;
  /** The service that owns it. */
  readonly service: ServiceName;
  readonly audience: Audience;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: Contract;
  readonly response?: Contract;
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** The envelopes of the body are bound to this path parameter where the body has no id of its own. */
  readonly oidParam?: string;
  /**
   * How `Idempotency-Key` holds: `transaction` wraps handler and claim in one transaction, `self` leaves the completion of the
   * claim to the use case (for a route that calls another service before it writes). Absent: `transaction` on whatever people
   * change, nothing on internal routes, whose callers bring ids of their own. `none` says why a key means nothing here.
   */
  readonly idempotency?: 'transaction' | 'self' | { readonly none: string };
  /** `If-Match` is required and checked by the use case; the answer carries an `ETag`. */
  readonly conditional?: true;
  /** Also answers as server-sent events when the client accepts them: frames `key`, `token`, `plan`, `memory_used`, `done`, `reset`, `reconnect`, `error`. */
  readonly stream?: true;
  /** Who is refused first when there is more to do than can be done. Absent: `low` for answers and stories, else `normal`. */
  readonly priority?: Priority;
}

/** `low` is shed first; `vital` never. */
export type Priority = 'low' | 'normal' | 'vital';

export type Audience =
  | { readonly kind: 'public' }
  /** A signed-in person with this permission. */
  | { readonly kind: 'user'; readonly permission: Permission }
  /** Only these services; with `user` the call also acts for a person. */
  | { readonly kind: 'internal'; readonly callers: readonly ServiceName[]; readonly user: boolean };

/** Defines a route and keeps its literal types. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

export const anyone = { kind: 'public' } as const;
export const person = <P extends Permission>(permission: P) => ({ kind: 'user', permission }) as const;
export const internal = (...callers: readonly ServiceName[]) => ({ kind: 'internal', callers, user: true }) as const;

/** How `Idempotency-Key` holds on a route; undefined where it does not. */
export function onceMode({ idempotency, method, audience }: Route): 'transaction' | 'self' | undefined {
  if (idempotency !== undefined) return typeof idempotency === 'string' ? idempotency : undefined;
  return method === 'GET' || audience.kind === 'internal' ? undefined : 'transaction';
}

const HEAVY: readonly ServiceName[] = ['ai-engine', 'story-engine'];

export function priorityOf({ priority, stream, service, method }: Route): Priority {
  return priority ?? (stream === true || (HEAVY.includes(service) && method !== 'GET') ? 'low' : 'normal');
}
