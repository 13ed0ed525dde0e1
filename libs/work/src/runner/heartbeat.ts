import type { Claim } from '../domain/job.js';
import type { WorkStore } from '../domain/work-store.js';
import { LeaseLost } from '../domain/work.errors.js';

/** Renews the lease three times in its length while a job runs; calls `onLost` once when it is in other hands. Returns how to stop. */
export function keepLease(store: WorkStore, claim: Claim, options: { leaseMs: number; onLost: (error: LeaseLost) => void }): () => void {
  const timer = setInterval(() => {
    store.renew(claim, options.leaseMs).catch((error: unknown) => {
      // Anything else, a database away for a moment, is tried again at the next beat: the fence decides in the end.
      if (!(error instanceof LeaseLost)) return;
      clearInterval(timer);
      options.onLost(error);
    });
  }, options.leaseMs / 3);
  return () => clearInterval(timer);
}
