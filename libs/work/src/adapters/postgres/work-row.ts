import { claimOf, type Claim, type JobFacts, type JobRecord, type UndoReason } from '../../domain/job.js';
import type { JobState } from '../../domain/job-state.js';
import type { JsonObject, JsonValue } from '../../domain/json.js';

/** A job as {@link JOB_COLUMNS} read it. */
export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly user_id: string | null;
  readonly payload: JsonObject;
  /** Milliseconds since the epoch: half the cost of reading a date. */
  readonly due_ms: number;
  readonly state: JobState;
  readonly step: string | null;
  readonly attempt: number;
  readonly max_attempts: number;
  readonly priority: number;
  readonly progress: number;
  readonly checkpoint: JsonValue;
  readonly error_class: string | null;
  readonly undo_of: UndoReason | null;
  readonly away_ms: number | null;
}

/** Besides `state`: from `w`, a row of `work`. */
export const JOB_COLUMNS = `w.id, w.kind, w.key, w.user_id, w.payload, date_part('epoch', w.run_at) * 1000 AS due_ms, w.step, w.attempt, w.max_attempts, w.priority,
  w.progress, w.checkpoint, w.error_class, w.undo_of, date_part('epoch', clock_timestamp() - w.away_since) * 1000 AS away_ms`;

/** Where a job stands: among what is due, or how it ended. `d` is the row of `work_due`, if there is one. */
export const STATE = "coalesce(d.state, w.ended, 'done')";

export function recordOf(row: JobRow): JobRecord {
  return { ...factsOf(row), state: row.state, undoOf: row.undo_of ?? undefined, away: row.away_ms !== null };
}

function factsOf(row: JobRow): JobFacts {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    userId: row.user_id ?? undefined,
    payload: row.payload,
    runAt: new Date(row.due_ms),
    step: row.step ?? undefined,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    priority: row.priority,
    progress: row.progress,
    checkpoint: row.checkpoint ?? undefined,
    errorClass: row.error_class ?? undefined,
  };
}

export const USUAL_ATTEMPTS = 5;

/** A job as it was claimed; `more` where it is not its first try, or not a usual job: then all that `work` tells of it. */
export type ClaimRow = Pick<JobRow, 'id' | 'kind' | 'user_id' | 'due_ms'> & { readonly fence: string } & (Usual | Unusual);

interface Usual {
  readonly key: string;
  readonly payload: JsonObject;
  readonly more: null;
}

interface Unusual {
  readonly more: Omit<JobRow, 'id' | 'kind' | 'user_id' | 'due_ms'> & { readonly abandoned: number };
}

export function claimFrom(row: ClaimRow): Claim {
  if (row.more !== null) return unusualClaim(row, row.more);
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    userId: row.user_id ?? undefined,
    payload: row.payload,
    runAt: new Date(row.due_ms),
    step: undefined,
    attempt: 0,
    maxAttempts: USUAL_ATTEMPTS,
    priority: 0,
    progress: 0,
    checkpoint: undefined,
    errorClass: undefined,
    state: 'running',
    fence: BigInt(row.fence),
    abandoned: 0,
    awayMs: 0,
  };
}

function unusualClaim({ id, kind, user_id, due_ms, fence }: ClaimRow, more: Unusual['more']): Claim {
  const facts = factsOf({ ...more, id, kind, user_id, due_ms });
  return claimOf(facts, { state: more.state, undoOf: more.undo_of ?? undefined, fence: BigInt(fence), abandoned: more.abandoned, awayMs: more.away_ms ?? 0 });
}
