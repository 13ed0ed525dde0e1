import type { JobFacts, JobRecord, UndoReason } from '../../domain/job.js';
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

export function factsOf(row: JobRow): JobFacts {
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
