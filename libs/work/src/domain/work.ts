import type { Job } from './job.js';
import type { JsonObject } from './json.js';

export interface EnqueueRequest {
  readonly kind: string;
  readonly key: string;
  /** Absent only for work of the system itself. */
  readonly userId?: string | undefined;
  /** Domain time; a time that has passed means at once. */
  readonly runAt: Date;
  /** Ids, times and envelopes. */
  readonly payload?: JsonObject;
  /** Tries of one step before the job fails; 5 when absent. */
  readonly maxAttempts?: number;
  /** Due jobs of a higher priority are taken first; 0 when absent, up to 9. */
  readonly priority?: number;
}

/** `created` and `revived` (it had been cancelled) will run; `moved` took the new time and payload; `kept` changed nothing: it is running or over. */
export type EnqueueOutcome = 'created' | 'moved' | 'revived' | 'kept';

/**
 * Books work for later in the transaction of the caller: it exists exactly if that transaction commits.
 * One job per kind and key, whatever the number of calls.
 */
export abstract class Work {
  abstract enqueue(request: EnqueueRequest): Promise<EnqueueOutcome>;

  /**
   * Nothing of this job happens any more, also when a runner has it in hand; what it did and can be taken back is taken back. False when
   * there was nothing left to cancel.
   */
  abstract cancel(kind: string, key: string): Promise<boolean>;

  /**
   * A failed job goes on where it failed, with all its tries; one that was taken back after a failure begins anew. False for any other.
   */
  abstract retry(kind: string, key: string): Promise<boolean>;

  abstract find(kind: string, key: string): Promise<Job | undefined>;
}
