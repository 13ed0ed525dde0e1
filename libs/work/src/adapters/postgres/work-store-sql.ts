import { JOB_COLUMNS } from './work-row.js';

/** Nobody has it in hand: it never had a lease, was given back, or its lease ran out (real time of the database, the same for all runners). */
const FREE = 'd.lease_until <= clock_timestamp()';
/** $1 and $2 of every fenced statement: the job and its holder's fence. */
const MINE = 'd.job = $1 AND d.fence = $2 AND d.held';
const LEASE = (parameter: string) => `clock_timestamp() + ${parameter}::float8 * interval '1 millisecond'`;
const NOW = 'updated_at = clock_timestamp()';
const FREED = "held = false, lease_until = '-infinity'";

/**
 * Changes the job's row of `work_due` (`due` is the whole statement, alias `d`) and then, with it, that of `work` (alias `w`). Answers
 * with one row if the fence is the newest, with none otherwise.
 */
const fenced = (due: string, work: string) => `
WITH mine AS (${due} RETURNING d.job, d.fence, d.user_id), told AS (UPDATE work w SET ${work}, ${NOW} FROM mine WHERE w.id = mine.job)
SELECT job FROM mine`;
const changed = (set: string) => `UPDATE work_due d SET ${set} WHERE ${MINE}`;
const deleted = `DELETE FROM work_due d WHERE ${MINE}`;
/** The row is locked and stays as it is. */
const held = `WITH mine AS MATERIALIZED (SELECT d.job, d.user_id FROM work_due d WHERE ${MINE} FOR UPDATE)`;

const DUE = `d.kind = ANY($2) AND ${FREE}`;

/**
 * The urgent first. Of the others the oldest, a turn to each person: whoever has hundreds due waits behind those who have one. Turns are
 * dealt among the oldest thousand or so, so that the cost does not grow with what is due. Rows are found again by their place (hence a
 * condition on the due time that no index answers); one that moved meanwhile is left for the next claim. So a job is taken exactly as
 * this statement sees it, in both tables: whoever changes one in `work` changes it in `work_due`.
 */
export const CLAIM = `
WITH urgent AS (
  SELECT d.ctid AS place FROM work_due d WHERE d.priority > 0 AND d.run_at <= $1 AND ${DUE} ORDER BY d.priority DESC, d.run_at LIMIT $3 FOR UPDATE SKIP LOCKED),
oldest AS (
  SELECT d.ctid AS place, coalesce(d.user_id, d.job) AS person, d.run_at FROM work_due d WHERE d.priority = 0 AND d.run_at <= $1 AND ${DUE}
  ORDER BY d.run_at LIMIT greatest($3 * 3 / 2, 100)),
turns AS MATERIALIZED (
  SELECT place FROM (SELECT place, run_at, row_number() OVER (PARTITION BY person ORDER BY run_at) AS turn FROM oldest) AS dealt
  ORDER BY turn, run_at LIMIT $3),
others AS (
  SELECT d.ctid AS place FROM work_due d WHERE d.ctid = ANY (ARRAY(SELECT place FROM turns)) AND (d.run_at <= $1) IS TRUE AND ${DUE}
  LIMIT greatest(0, $3 - (SELECT count(*) FROM urgent)) FOR UPDATE SKIP LOCKED),
taken AS (
  UPDATE work_due d SET fence = d.fence + 1, lease_until = ${LEASE('$4')}, abandoned = d.abandoned + d.held::int, held = true,
    state = CASE WHEN d.state = 'compensating' THEN d.state ELSE 'running' END
  WHERE d.ctid = ANY (ARRAY(SELECT place FROM urgent UNION ALL SELECT place FROM others)) RETURNING d.job, d.state, d.fence, d.abandoned)
SELECT ${JOB_COLUMNS}, taken.state, taken.fence::text AS fence, taken.abandoned FROM taken JOIN work w ON w.id = taken.job ORDER BY w.run_at`;

/** $1 and $2 of what is done to many: jobs and their holder's fences. One look in the index for each, whatever the planner takes the table for. */
const OURS = 'unnest($1::uuid[], $2::bigint[]) AS ours (job, fence)';
const OF_OURS = 'FROM work_due d WHERE d.job = ours.job AND d.fence = ours.fence AND d.held';

/** Rows that somebody has locked are about to be changed, or are in the middle of their commit: left alone, they are lost only when the fence is. */
export const RENEW_ALL = `
WITH free AS MATERIALIZED (SELECT d.place FROM ${OURS} CROSS JOIN LATERAL (SELECT d.ctid AS place ${OF_OURS} FOR UPDATE SKIP LOCKED) AS d),
renewed AS (UPDATE work_due d SET lease_until = ${LEASE('$3')} WHERE d.ctid = ANY (ARRAY(SELECT place FROM free)))
SELECT ours.job FROM ${OURS} LEFT JOIN LATERAL (SELECT d.job ${OF_OURS} LIMIT 1) AS d ON true WHERE d.job IS NULL`;

export const RELEASE = `
WITH mine AS (${changed(`${FREED}, state = CASE WHEN d.state = 'running' THEN 'waiting' ELSE d.state END`)} RETURNING d.job)
SELECT job, pg_notify('work', '') FROM mine`;

/** $3 delay, $4 error class, $5 whether it is the job's own failure. */
export const PAUSE = fenced(
  changed(`held = false, lease_until = ${LEASE('$3')}, state = CASE WHEN d.state = 'running' THEN 'waiting' ELSE d.state END`),
  'error_class = $4, attempt = w.attempt + $5::boolean::int, away_since = CASE WHEN $5 THEN NULL ELSE coalesce(w.away_since, clock_timestamp()) END',
);

export const SAVE_CHECKPOINT = `${held}, told AS (UPDATE work w SET checkpoint = $3::jsonb, ${NOW} FROM mine WHERE w.id = mine.job) SELECT job FROM mine`;
export const SAVE_PROGRESS = `${held}, told AS (UPDATE work w SET progress = $3, ${NOW} FROM mine WHERE w.id = mine.job) SELECT job FROM mine`;

/** $3 the next step, $4 whether what was done can be taken back. */
export const ADVANCE = fenced(
  changed('abandoned = 0, undoable = d.undoable OR $4'),
  'step = $3, attempt = 0, checkpoint = NULL, error_class = NULL, away_since = NULL',
);

/** Without a row among what is due and without another end, it is done. */
export const FINISH = `
WITH mine AS (${deleted} AND d.state = 'running' RETURNING d.job),
tidy AS (UPDATE work w SET checkpoint = NULL, ${NOW} FROM mine WHERE w.id = mine.job AND w.checkpoint IS NOT NULL)
SELECT job FROM mine`;

const finishAll = (ours: string, lock: string) => `
WITH ours AS MATERIALIZED (SELECT d.place, d.job FROM ${ours} CROSS JOIN LATERAL (SELECT d.ctid AS place, d.job ${OF_OURS} AND d.state = 'running' ${lock}) AS d),
ended AS (DELETE FROM work_due d WHERE d.ctid = ANY (ARRAY(SELECT place FROM ours)))
SELECT CASE WHEN count(*) < cardinality($1) THEN coalesce(array_agg(job), '{}') END AS some FROM ours`;
/** Answers with null when it ended all of them, else with those that it did. Waits for nobody, so that no order of locks can cross another. */
export const FINISH_ALL = finishAll(OURS, 'FOR UPDATE SKIP LOCKED');
/** For those that were locked: by a lease that was being renewed, or by somebody who cancels them. */
export const FINISH_REST = finishAll(`(SELECT * FROM ${OURS} ORDER BY job) AS ours`, 'FOR UPDATE');

const FORGET_STEPS = ', forgotten AS (DELETE FROM work_steps s USING mine WHERE s.job = mine.job)';
const BOOKED_AGAIN = (time: string) => `${FREED}, state = 'booked', run_at = ${time}, fence = d.fence + 1, abandoned = 0, undoable = false`;
const FRESH = 'step = NULL, attempt = 0, checkpoint = NULL, progress = 0, away_since = NULL, undo_of = NULL';

/** $3 the next time, $4 an error class. */
export const BOOK_AGAIN = `
WITH mine AS (${changed(BOOKED_AGAIN('$3'))} RETURNING d.job),
told AS (UPDATE work w SET run_at = $3, error_class = $4, ${FRESH}, ${NOW} FROM mine WHERE w.id = mine.job)${FORGET_STEPS}
SELECT job, pg_notify('work', (extract(epoch FROM $3::timestamptz) * 1000)::bigint::text) FROM mine`;

/** $3 error class. */
export const FAIL = fenced(`${deleted} AND NOT (d.undoable AND d.state = 'running')`, "ended = 'failed', error_class = $3, fence = mine.fence, away_since = NULL");
export const BEGIN_UNDO = fenced(
  `${changed(`${FREED}, state = 'compensating', fence = d.fence + 1, abandoned = 0`)} AND d.undoable AND d.state = 'running'`,
  "undo_of = 'failure', error_class = $3, attempt = 0, away_since = NULL",
);

/** $3 the step that was taken back, $4 the one before it. */
export const STEP_BACK = `
${held}, told AS (UPDATE work w SET step = $4, attempt = 0, away_since = NULL, checkpoint = NULL, ${NOW} FROM mine WHERE w.id = mine.job),
forgotten AS (DELETE FROM work_steps s USING mine WHERE s.job = mine.job AND s.step = $3)
SELECT job FROM mine`;
export const END_UNDO = `
WITH mine AS (${deleted} AND d.state = 'compensating' RETURNING d.job, d.fence),
told AS (UPDATE work w SET ended = 'compensated', fence = mine.fence, checkpoint = NULL, away_since = NULL, ${NOW} FROM mine WHERE w.id = mine.job)${FORGET_STEPS}
SELECT job FROM mine`;

/**
 * $1 milliseconds, $2 the least id of that time (RFC 9562, version 7): only jobs booked before it are looked at. When a job was done is not
 * written down; it was at its due time or later.
 */
export const SWEEP = `
WITH old AS (
  SELECT w.id FROM work w WHERE w.id < $2 AND NOT EXISTS (SELECT FROM work_due d WHERE d.job = w.id)
    AND CASE WHEN w.ended IS NULL THEN greatest(w.updated_at, w.run_at) ELSE w.updated_at END < clock_timestamp() - $1::float8 * interval '1 millisecond'
  LIMIT 5000 FOR UPDATE SKIP LOCKED),
gone AS (DELETE FROM work WHERE id IN (SELECT id FROM old) RETURNING 1)
SELECT count(*)::int AS n FROM gone`;

/** $3 the step, $4 the hash of its input, $5 whether it can be taken back. */
export const BEGIN_STEP = `
${held}, marked AS (UPDATE work_due d SET undoable = true FROM mine WHERE d.job = mine.job AND $5 AND NOT d.undoable),
put AS (
  INSERT INTO work_steps AS s (job, step, input_hash, user_id) SELECT job, $3, $4, user_id FROM mine
  ON CONFLICT (job, step, input_hash) DO UPDATE SET updated_at = clock_timestamp() RETURNING s.status, s.output_ref)
SELECT status, output_ref FROM put`;

export const SAVE_STEP = `
${held}, put AS (
  UPDATE work_steps s SET status = 'done', output_ref = $5::jsonb, updated_at = clock_timestamp()
  FROM mine WHERE s.job = mine.job AND s.step = $3 AND s.input_hash = $4 RETURNING s.job)
SELECT job FROM put`;

export const BEGUN_STEPS = 'SELECT step, input_hash, status, output_ref FROM work_steps WHERE job = $1';

export const NEXT_DUE = 'SELECT work_next_due($1) AS run_at';
