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

/** A step that has begun; `output` is absent when it has not ended. */
export interface BegunStep extends StepKey {
  readonly output: JsonValue | undefined;
}

/** Why a job waits for its next try: `outage` counts as no error of its own. */
export interface Pause {
  readonly delayMs: number;
  readonly errorClass: string;
  readonly because: 'failure' | 'outage';
}

/**
 * The runner's side of the table. Every write names a claim and takes effect only while its fence is the newest: otherwise it
 * throws `LeaseLost`. Leases are real time, due times domain time.
 */
export abstract class WorkStore {
  /** Takes due jobs that nobody holds, the urgent and the oldest first, each with a new fence and lease. */
  abstract claim(request: ClaimRequest): Promise<Claim[]>;

  /** Those of the claims that are no longer in these hands; the leases of the others begin anew. */
  abstract renewAll(claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>>;

  /** Gives the job back untouched: the next claim may come at once. */
  abstract release(claim: Claim): Promise<void>;

  /** Keeps everyone off for `delayMs` of real time. In the ambient transaction. */
  abstract pause(claim: Claim, pause: Pause): Promise<void>;

  /** Notes that the step begins, and whether it can be taken back; returns its output if one was stored for the same input before. */
  abstract beginStep(claim: Claim, key: StepKey, undoable: boolean): Promise<StepOutput | undefined>;

  abstract saveStep(claim: Claim, output: StepOutput): Promise<void>;

  /** Every step that has begun, also with inputs that are no longer current. */
  abstract begunSteps(claim: Claim): Promise<BegunStep[]>;

  abstract saveCheckpoint(claim: Claim, checkpoint: JsonValue): Promise<void>;

  /** In the ambient transaction: the job now stands before `nextStep`, and what it did can be taken back or not. */
  abstract advance(claim: Claim, nextStep: string, undoable: boolean): Promise<void>;

  /** In the ambient transaction: the job is done. */
  abstract finish(claim: Claim): Promise<void>;

  /** Ends jobs that had nothing to commit, many in one statement; the ids of those that were still in these hands. */
  abstract finishAll(claims: readonly Claim[]): Promise<ReadonlySet<string>>;

  /** In the ambient transaction: the job is over for now and due again at `runAt`, from its first step. */
  abstract bookAgain(claim: Claim, runAt: Date): Promise<void>;

  /**
   * In the ambient transaction: the job has failed for good. What can be taken back makes it `compensating`; else it is due again at
   * `again`, or at its end.
   */
  abstract fail(claim: Claim, errorClass: string, again?: Date): Promise<void>;

  /** The step's work is taken back and forgotten; `before` is to be taken back next. */
  abstract stepBack(claim: Claim, step: string, before: string): Promise<void>;

  /** All is taken back: the job is due again at `again`, or at its end. In the ambient transaction. */
  abstract endUndo(claim: Claim, again?: Date): Promise<void>;

  abstract saveProgress(claim: Claim, done: number): Promise<void>;

  /** Forgets jobs that are over and were last changed, and due, more than `keptMs` ago; some thousands at a time; how many. */
  abstract sweep(keptMs: number): Promise<number>;

  /** When the next of these jobs is due, domain time; jobs in someone's hands do not count. */
  abstract nextDue(kinds: readonly string[]): Promise<Date | undefined>;

  /** Calls `onWake` when something was enqueued, with its due time where that is known, as a hint that may be missed or come twice. Returns how to stop. */
  abstract listen(onWake: (dueMs?: number) => void): Promise<() => Promise<void>>;
}
