import { openBefore, type OpenState } from '../../domain/job-state.js';
import { JOB_COLUMNS, STATE } from './work-row.js';

const states = (list: readonly string[]) => list.map((state) => `'${state}'`).join(', ');
const dueMs = (time: string) => `(extract(epoch FROM ${time}::timestamptz) * 1000)::bigint::text`;

/** Not begun, or begun without a trace. */
const MOVABLE: readonly OpenState[] = ['booked', 'waiting'];

/**
 * Every statement that may make something due wakes sleeping runners at the commit of the caller's transaction. Each locks a job's row of
 * `work_due` before that of `work`, as all who change both do. The last parameter is the payload again, for `work_due`: absent when a claim
 * has to read the job in `work`.
 */
export const BOOK = `
WITH put AS (
  INSERT INTO work (id, kind, key, user_id, run_at, payload, max_attempts, priority) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (kind, key) DO NOTHING RETURNING id, user_id, run_at, priority, kind),
due AS (INSERT INTO work_due (job, user_id, run_at, priority, kind, key, payload) SELECT id, user_id, run_at, priority, kind, $3, $9 FROM put)
SELECT 'created' AS outcome, pg_notify('work', ${dueMs('$5')}) FROM put`;

const ANEW = `payload = $5, run_at = $3, max_attempts = $6, priority = $4, progress = 0, step = NULL, attempt = 0, checkpoint = NULL,
  error_class = NULL, undo_of = NULL, away_since = NULL, updated_at = clock_timestamp()`;

/** What has not begun takes the new time and payload; what was cancelled lives again; anything else is left alone. */
export const REBOOK = `
WITH known AS MATERIALIZED (SELECT id, step FROM work WHERE kind = $1 AND key = $2),
moved AS (
  UPDATE work_due d SET state = 'booked', run_at = $3, priority = $4, key = $2, payload = $7, fence = d.fence + 1, lease_until = '-infinity', held = false, abandoned = 0
  FROM known WHERE d.job = known.id AND known.step IS NULL AND NOT d.undoable AND d.state IN (${states(MOVABLE)}) RETURNING d.job),
told AS (UPDATE work w SET ${ANEW} FROM moved WHERE w.id = moved.job),
revived AS (
  UPDATE work w SET ended = NULL, ${ANEW} FROM known
  WHERE w.id = known.id AND (w.ended = 'cancelled' OR (w.ended = 'compensated' AND w.undo_of = 'cancel')) RETURNING w.id, w.user_id, w.fence, w.kind),
due AS (INSERT INTO work_due (job, user_id, run_at, priority, kind, fence, key, payload) SELECT id, user_id, $3, $4, kind, fence + 1, $2, $7 FROM revived)
SELECT 'moved' AS outcome, pg_notify('work', ${dueMs('$3')}) FROM moved UNION ALL SELECT 'revived', pg_notify('work', ${dueMs('$3')}) FROM revived`;

export const CANCEL = `
WITH open AS MATERIALIZED (
  SELECT d.job, d.fence, d.undoable FROM work_due d WHERE d.job = (SELECT id FROM work WHERE kind = $1 AND key = $2)
    AND d.state IN (${states(openBefore('cancelled'))}) FOR UPDATE),
gone AS (DELETE FROM work_due d USING open WHERE d.job = open.job AND NOT open.undoable),
back AS (
  UPDATE work_due d SET state = 'compensating', payload = NULL, fence = d.fence + 1, held = false, lease_until = '-infinity', abandoned = 0
  FROM open WHERE d.job = open.job AND open.undoable RETURNING pg_notify('work', '')),
told AS (
  UPDATE work w SET fence = open.fence + 1, attempt = 0, away_since = NULL, updated_at = clock_timestamp(),
    ended = CASE WHEN open.undoable THEN NULL ELSE 'cancelled' END, undo_of = CASE WHEN open.undoable THEN 'cancel' END
  FROM open WHERE w.id = open.job)
SELECT job, (SELECT count(*) FROM back) AS taken_back FROM open`;

/** What failed stands where it stood; what was taken back after a failure begins anew. */
export const RETRY = `
WITH over AS MATERIALIZED (
  SELECT id, ended, undo_of FROM work WHERE kind = $1 AND key = $2 AND (ended = 'failed' OR (ended = 'compensated' AND undo_of = 'failure')) FOR UPDATE),
back AS (
  UPDATE work w SET ended = NULL, attempt = 0, away_since = NULL, updated_at = clock_timestamp(),
    step = CASE WHEN over.ended = 'failed' THEN w.step END, undo_of = CASE WHEN over.ended = 'failed' THEN w.undo_of END,
    error_class = CASE WHEN over.ended = 'failed' THEN w.error_class END, progress = CASE WHEN over.ended = 'failed' THEN w.progress ELSE 0 END
  FROM over WHERE w.id = over.id RETURNING w.id, w.user_id, w.run_at, w.priority, w.kind, w.fence, over.ended, over.undo_of),
due AS (
  INSERT INTO work_due (job, user_id, run_at, priority, kind, fence, undoable, state)
  SELECT id, user_id, run_at, priority, kind, fence + 1, ended = 'failed' AND undo_of IS NOT NULL,
    CASE WHEN ended = 'compensated' THEN 'booked' WHEN undo_of IS NOT NULL THEN 'compensating' ELSE 'waiting' END FROM back)
SELECT id, pg_notify('work', '') FROM back`;

export const FIND = `SELECT ${JOB_COLUMNS}, ${STATE} AS state FROM work w LEFT JOIN work_due d ON d.job = w.id WHERE w.kind = $1 AND w.key = $2`;
