import type { JobState } from './job-state.js';
import type { JsonObject, JsonValue } from './json.js';

/** What is known of a job in every state. Ids, times and structure only: words of a person never enter a job in the clear. */
export interface JobFacts {
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
  /** The step it stands before or in; undefined before the first. While it is taken back: the step that is taken back next. */
  readonly step: string | undefined;
  /** Errors thrown in this step so far; a dependency that is away does not count. */
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

/** Why a job is taken back. */
export type UndoReason = 'failure' | 'cancel';

/** For what a job waits that has begun: for any runner, for another try after an error, or for something it needs that is away. */
export type WaitsFor = 'runner' | 'retry' | 'dependency';

export type JobStanding =
  | { readonly state: 'booked' | 'running' | 'done' | 'cancelled' }
  | { readonly state: 'waiting'; readonly waitsFor: WaitsFor }
  | { readonly state: 'failed'; readonly errorClass: string }
  | { readonly state: 'compensating' | 'compensated'; readonly after: UndoReason };

/** One thing to do later, or at length. */
export type Job = JobFacts & JobStanding;

/** A job in this runner's hands: `fence` grows with every claim, and only its holder may write. */
export type Claim = JobFacts &
  ({ readonly state: 'running' } | { readonly state: 'compensating'; readonly after: UndoReason }) & {
    readonly fence: bigint;
    /** Leases that ran out before this one, without the job giving any answer. */
    readonly abandoned: number;
    /** How long something that it needs has been away, milliseconds of real time; 0 when nothing is. */
    readonly awayMs: number;
  };

/** A job as a store keeps it. */
export interface JobRecord extends JobFacts {
  readonly state: JobState;
  readonly undoOf: UndoReason | undefined;
  readonly away: boolean;
}

/** The job that a record tells of; throws when its parts contradict each other. */
export function jobOf(record: JobRecord): Job {
  const { state, undoOf, away, ...facts } = record;
  if (state === 'done') return { ...facts, state, progress: 1, errorClass: undefined };
  if (state === 'waiting') return { ...facts, state, waitsFor: waitsFor(away, facts.errorClass) };
  if (state === 'failed') return { ...facts, state, errorClass: given(facts.errorClass, record) };
  if (state === 'compensating' || state === 'compensated') return { ...facts, state, after: given(undoOf, record) };
  return { ...facts, state };
}

/** How a job is held. */
export interface Hold {
  readonly state: JobState;
  readonly undoOf: UndoReason | undefined;
  readonly fence: bigint;
  readonly abandoned: number;
  readonly awayMs: number;
}

/** The claim on a job that was just taken. */
export function claimOf(facts: JobFacts, { state, undoOf, fence, abandoned, awayMs }: Hold): Claim {
  if (state === 'running') return { ...facts, fence, abandoned, awayMs, state };
  if (state === 'compensating') return { ...facts, fence, abandoned, awayMs, state, after: given(undoOf, { id: facts.id, state }) };
  throw new Error(`A job that is ${state} is in nobody's hands`);
}

function waitsFor(away: boolean, errorClass: string | undefined): WaitsFor {
  if (away) return 'dependency';
  return errorClass === undefined ? 'runner' : 'retry';
}

function given<T>(value: T | undefined, { id, state }: Pick<JobRecord, 'id' | 'state'>): T {
  if (value === undefined) throw new Error(`Job ${id} is ${state} without a reason`);
  return value;
}
