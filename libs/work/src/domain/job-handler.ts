import type { Claim, Job } from './job.js';
import type { JsonValue } from './json.js';

/** A job as its handler sees it while a step runs. */
export type RunningJob = Claim & {
  readonly step: string;
  /** Aborted when the lease is lost or the process stops: give up, nothing more will be kept. */
  readonly signal: AbortSignal;
  /** What an earlier step of this job returned; undefined when it returned nothing. */
  output(step: string): JsonValue | undefined;
  /** Keeps a note inside a long step; after a crash it is found as `checkpoint`. It ends with the step. */
  saveCheckpoint(checkpoint: JsonValue): Promise<void>;
  /** Lets whoever looks at the job see how much is done, 0 to 1. */
  tellProgress(done: number): Promise<void>;
};

/**
 * One named step. `perform` does what is long or outside: in no transaction, possibly more than once, its output stored under a hash
 * of its input before anything moves on. `commit` does the effects: in one transaction with the job's move to the next step, so once.
 * The effects come first in it and lock what they lock, then the job is moved: whoever books and cancels locks in the same order. So a
 * commit never cancels its own job.
 */
export interface JobStep {
  readonly name: string;
  perform?(job: RunningJob): Promise<JsonValue>;
  /**
   * True for what is quick and may be repeated from its beginning: nothing is written before or after `perform`, and it has no output.
   * Thousands of such jobs may end a second.
   */
  readonly light?: boolean;
  commit?(job: RunningJob, output: JsonValue | undefined): Promise<void>;
  /**
   * Takes back what this step did, when the job has failed for good or was cancelled: the last step first, repeatable, in no
   * transaction. Also called for a step that had begun and not come to its end, without an output: it may have done its work or not.
   */
  compensate?(job: RunningJob, output: JsonValue | undefined): Promise<void>;
}

/** Does the jobs of one kind, step after step, each run on behalf of the job's person. */
export abstract class JobHandler {
  abstract readonly kind: string;

  /** In order. A released step is never renamed: jobs stand before it. */
  abstract readonly steps: readonly JobStep[];

  /** How long the job waits for something that is away (an error of kind `unavailable` or `too-many`, or a timeout) before that counts as a failure; the runner's when absent. */
  readonly patienceMs?: number;

  /** The job has failed for good; runs in the transaction that says so. */
  onFailed?(job: Job, errorClass: string): Promise<void>;

  /** Something that the job needs is away; runs in the transaction that says so, at every try that finds it away. */
  onWaiting?(job: Job): Promise<void>;

  /** For what recurs: when this job is due again. It books itself, in the transaction that ends it, also after a failure; no time ends it. */
  again?(job: Job): Date | undefined;
}
