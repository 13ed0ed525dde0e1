import type { JsonObject, JsonValue } from './json.js';

/** `pending` waits for its time or its next try, `running` is leased, the other three are final until enqueued anew. */
export type JobState = 'pending' | 'running' | 'done' | 'failed' | 'cancelled';

/** One thing to do later, or at length. Ids, times and structure only: words of a person never enter a job in the clear. */
export interface Job {
  readonly id: string;
  /** Which handler does it, `<component>.<verb>`. */
  readonly kind: string;
  /** What makes it one job: a second one of this kind and key is the same job. */
  readonly key: string;
  /** For whom; absent for work of the system itself. */
  readonly userId: string | undefined;
  readonly payload: JsonObject;
  /** When it is due, in domain time. */
  readonly runAt: Date;
  readonly state: JobState;
  /** The step it stands before or in; undefined before the first. */
  readonly step: string | undefined;
  /** Errors thrown in this step so far. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly priority: number;
  /** How much is done, 0 to 1, as its handler last told. */
  readonly progress: number;
  /** What the current step wrote down to go on from after a crash. */
  readonly checkpoint: JsonValue | undefined;
  /** Code or class of the last error, never its text. */
  readonly errorClass: string | undefined;
}

/** A job in this runner's hands: `fence` grows with every claim, and only its holder may write. */
export interface Claim extends Job {
  readonly fence: bigint;
  /** Leases that ran out before this one, without the job giving any answer. */
  readonly abandoned: number;
}
