import type { Claim } from './job.js';
import type { JsonValue } from './json.js';

export interface ClaimRequest {
  readonly kinds: readonly string[];
  readonly limit: number;
  /** Domain time up to which a job counts as due. */
  readonly dueBy: Date;
  readonly leaseMs: number;
}

export interface StepKey {
  readonly step: string;
  /** Lower-case hex SHA-256 over what the step was given. */
  readonly inputHash: string;
}

export interface StepOutput extends StepKey {
  readonly output: JsonValue;
}

/**
 * The runner's side of the table. Every write names a claim and takes effect only while its fence is the newest: otherwise it
 * throws `LeaseLost`. Leases are real time, due times domain time.
 */
export abstract class WorkStore {
  /** Takes due jobs that nobody holds, oldest first, each with a new fence and lease. */
  abstract claim(request: ClaimRequest): Promise<Claim[]>;

  abstract renew(claim: Claim, leaseMs: number): Promise<void>;

  /** Gives the job back untouched: the next claim may come at once. */
  abstract release(claim: Claim): Promise<void>;

  /** Counts an error and keeps everyone off for `delayMs` of real time. */
  abstract retryLater(claim: Claim, retry: { readonly delayMs: number; readonly errorClass: string }): Promise<void>;

  /** Notes that the step begins; returns its output if one was stored for the same input before. */
  abstract beginStep(claim: Claim, key: StepKey): Promise<StepOutput | undefined>;

  abstract saveStep(claim: Claim, output: StepOutput): Promise<void>;

  /** All stored outputs of this job, also of inputs that are no longer current. */
  abstract stepOutputs(claim: Claim): Promise<StepOutput[]>;

  abstract saveCheckpoint(claim: Claim, checkpoint: JsonValue): Promise<void>;

  /** In the ambient transaction: the job now stands before `nextStep`, or is done when there is none. Locks the job until the commit. */
  abstract advance(claim: Claim, nextStep: string | undefined): Promise<void>;

  /** Ends jobs that had nothing to commit, many in one statement; the ids of those that were still in these hands. */
  abstract finishAll(claims: readonly Claim[]): Promise<ReadonlySet<string>>;

  /** In the ambient transaction: the job is over for now and due again at `runAt`, from its first step. */
  abstract bookAgain(claim: Claim, runAt: Date, errorClass?: string): Promise<void>;

  abstract saveProgress(claim: Claim, done: number): Promise<void>;

  /** Forgets jobs that ended more than `keptMs` ago, at most some thousands at a time; how many. */
  abstract sweep(keptMs: number): Promise<number>;

  /** In the ambient transaction: the job has failed for good. */
  abstract fail(claim: Claim, errorClass: string): Promise<void>;

  /** When the next of these jobs is due, domain time; jobs in someone's hands do not count. */
  abstract nextDue(kinds: readonly string[]): Promise<Date | undefined>;

  /** Calls `onWake` when something was enqueued, with its due time where that is known, as a hint that may be missed or come twice. Returns how to stop. */
  abstract listen(onWake: (dueMs?: number) => void): Promise<() => Promise<void>>;
}
