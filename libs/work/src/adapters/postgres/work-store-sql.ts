import { WORK_COLUMNS } from './work-row.js';

/** Nobody holds it: it never had a lease, was given back, or its lease ran out (real time of the database, the same for all runners). */
const FREE = '(lease_until IS NULL OR lease_until <= clock_timestamp())';
/** Said of the column that changes only at the end: so a claim changes no index. */
const OPEN = 'finished_at IS NULL';
/** $1 and $2 of every fenced statement: the job and its holder's fence. */
const MINE = "id = $1 AND fence = $2 AND state = 'running'";
const LEASE = (parameter: string) => `clock_timestamp() + ${parameter}::float8 * interval '1 millisecond'`;
/** Runs the update and answers with one row if it hit, none if the fence is no longer the newest. */
const fenced = (set: string) =>
  `WITH mine AS (UPDATE work SET ${set}, updated_at = clock_timestamp() WHERE ${MINE} RETURNING id) SELECT id FROM mine`;

const DUE = `${OPEN} AND run_at <= $1 AND kind = ANY($2) AND ${FREE}`;

/**
 * The urgent first. Of the others the oldest, a turn to each person: whoever has hundreds due waits behind those who have one. Turns are
 * dealt among the oldest thousand or so, so that the cost does not grow with what is due. Rows are
 * found again by their place, which no index has to be asked for; one that moved meanwhile is left for the next claim.
 */
export const CLAIM = `
WITH urgent AS (
  SELECT ctid AS place FROM work WHERE priority > 0 AND ${DUE} ORDER BY priority DESC, run_at, id LIMIT $3 FOR UPDATE SKIP LOCKED),
oldest AS (
  SELECT ctid AS place, id, user_id, run_at FROM work WHERE priority = 0 AND ${DUE} ORDER BY run_at, id LIMIT greatest($3 * 2, 1000)),
turns AS MATERIALIZED (
  SELECT place FROM (SELECT place, id, run_at, row_number() OVER (PARTITION BY coalesce(user_id, id) ORDER BY run_at, id) AS turn FROM oldest) AS dealt
  ORDER BY turn, run_at, id LIMIT $3),
others AS (
  SELECT w.ctid AS place FROM work w WHERE w.ctid = ANY (ARRAY(SELECT place FROM turns)) AND ${DUE}
  LIMIT greatest(0, $3 - (SELECT count(*) FROM urgent)) FOR UPDATE SKIP LOCKED),
due AS (SELECT place FROM urgent UNION ALL SELECT place FROM others),
taken AS (
  UPDATE work w SET state = 'running', fence = w.fence + 1, lease_until = ${LEASE('$4')}, updated_at = clock_timestamp(),
    abandoned = w.abandoned + CASE WHEN w.state = 'running' THEN 1 ELSE 0 END
  WHERE w.ctid = ANY (ARRAY(SELECT place FROM due)) RETURNING w.*)
SELECT ${WORK_COLUMNS} FROM taken ORDER BY run_at, id`;

export const RENEW = fenced(`lease_until = ${LEASE('$3')}`);
export const RELEASE = fenced("state = 'pending', lease_until = NULL");
export const RETRY_LATER = fenced(`state = 'pending', attempt = attempt + 1, lease_until = ${LEASE('$3')}, error_class = $4`);
export const SAVE_CHECKPOINT = fenced('checkpoint = $3::jsonb');
export const ADVANCE = fenced('step = $3, attempt = 0, abandoned = 0, checkpoint = NULL, error_class = NULL');
export const FINISH = fenced("state = 'done', lease_until = NULL, checkpoint = NULL, error_class = NULL, progress = 1, finished_at = clock_timestamp()");
export const FAIL = fenced("state = 'failed', lease_until = NULL, error_class = $3, finished_at = clock_timestamp()");

export const SAVE_PROGRESS = fenced('progress = $3');
export const BOOK_AGAIN = fenced(
  "state = 'pending', run_at = $3, step = NULL, attempt = 0, abandoned = 0, lease_until = NULL, fence = fence + 1, checkpoint = NULL, progress = 0, error_class = $4",
);
export const FINISH_ALL = `
WITH ended AS (
  UPDATE work w SET state = 'done', lease_until = NULL, checkpoint = NULL, error_class = NULL, progress = 1, updated_at = clock_timestamp(), finished_at = clock_timestamp()
  WHERE w.id = ANY ($1::uuid[]) AND w.fence = ($2::bigint[])[array_position($1::uuid[], w.id)] AND w.state = 'running' RETURNING w.id)
SELECT id FROM ended`;
export const SWEEP = `
WITH old AS (SELECT id FROM work WHERE finished_at < clock_timestamp() - $1::float8 * interval '1 millisecond' LIMIT 5000 FOR UPDATE SKIP LOCKED),
gone AS (DELETE FROM work WHERE id IN (SELECT id FROM old) RETURNING 1)
SELECT count(*)::int AS n FROM gone`;

export const BEGIN_STEP = `
WITH mine AS (SELECT id, user_id FROM work WHERE ${MINE} FOR UPDATE),
put AS (
  INSERT INTO work_steps AS s (job, step, input_hash, user_id) SELECT id, $3, $4, user_id FROM mine
  ON CONFLICT (job, step, input_hash) DO UPDATE SET updated_at = clock_timestamp() RETURNING s.status, s.output_ref)
SELECT status, output_ref FROM put`;

export const SAVE_STEP = `
WITH mine AS (SELECT id FROM work WHERE ${MINE} FOR UPDATE),
put AS (
  UPDATE work_steps SET status = 'done', output_ref = $5::jsonb, updated_at = clock_timestamp()
  FROM mine WHERE job = mine.id AND step = $3 AND input_hash = $4 RETURNING job)
SELECT job FROM put`;

export const STEP_OUTPUTS = "SELECT step, input_hash, output_ref FROM work_steps WHERE job = $1 AND status = 'done'";

export const NEXT_DUE = `SELECT run_at FROM work WHERE ${OPEN} AND kind = ANY($1) AND ${FREE} ORDER BY run_at LIMIT 1`;
