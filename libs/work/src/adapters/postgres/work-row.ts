import type { Claim, JobState } from '../../domain/job.js';
import type { JsonObject, JsonValue } from '../../domain/json.js';

/** A row of `work` as {@link WORK_COLUMNS} reads it. */
export interface WorkRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly user_id: string | null;
  readonly payload: JsonObject;
  readonly run_at: Date;
  readonly state: JobState;
  readonly step: string | null;
  readonly attempt: number;
  readonly max_attempts: number;
  readonly priority: number;
  readonly progress: number;
  readonly abandoned: number;
  readonly fence: string;
  readonly checkpoint: JsonValue;
  readonly error_class: string | null;
}

export const WORK_COLUMNS =
  'id, kind, key, user_id, payload, run_at, state, step, attempt, max_attempts, priority, progress, abandoned, fence::text AS fence, checkpoint, error_class';

export function toClaim(row: WorkRow): Claim {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    userId: row.user_id ?? undefined,
    payload: row.payload,
    runAt: row.run_at,
    state: row.state,
    step: row.step ?? undefined,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    priority: row.priority,
    progress: row.progress,
    abandoned: row.abandoned,
    fence: BigInt(row.fence),
    checkpoint: row.checkpoint ?? undefined,
    errorClass: row.error_class ?? undefined,
  };
}
