import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestClaim } from './idempotency-store.js';

/** The claim of the request that is running, and whether its use case has completed it. */
export interface OpenClaim {
  readonly claim: RequestClaim;
  completed: boolean;
}

const storage = new AsyncLocalStorage<OpenClaim>();

export function runWithClaim<T>(open: OpenClaim, work: () => T): T {
  return storage.run(open, work);
}

/** The claim that a route with `idempotency: 'self'` has to complete; undefined without an Idempotency-Key. */
export function currentClaim(): OpenClaim | undefined {
  return storage.getStore();
}
