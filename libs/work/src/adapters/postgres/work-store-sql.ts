/** $1 and $2 of every fenced statement: the job and its holder's fence. */
const MINE = 'd.job = $1 AND d.fence = $2 AND d.held';
const LEASE = (parameter: string) => `clock_timestamp() + ${parameter}::float8 * interval '1 millisecond'`;
const NOW = 'updated_at = clock_timestamp()';
const FREED = "held = false, lease_until = '-infinity'";
/** `work` says more of the job from here on: the next claim has to read it there. */
const TOLD = 'payload = NULL';

/**
 * Changes the job's row of `work_due` (`due` is the whole statement, alias `d`) and then, with it, that of `work` (alias `w`). Answers
 * with one row if the fence is the newest, with none otherwise.
 */
const fenced = (due: string, work: string) => `
WITH mine AS (${due} RETURNING d.job, d.fence, d.user_id), told AS (UPDATE work w SET ${work}, ${NOW} FROM mine WHERE w.id = mine.job)
SELECT job FROM mine`;
const changed = (set: string) => `UPDATE work_due d SET ${set} WHERE ${MINE}`;
const deleted = `DELETE FROM work_due d WHERE ${MINE}`;
/** The row is locked. */
const held = `WITH mine AS MATERIALIZED (SELECT d.job, d.user_id FROM work_due d WHERE ${MINE} FOR UPDATE)`;
const noted = (set: string) => `${held},
marked AS (UPDATE work_due d SET ${TOLD} FROM mine WHERE d.job = mine.job AND d.payload IS NOT NULL),
told AS (UPDATE work w SET ${set}, ${NOW} FROM mine WHERE w.id = mine.job) SELECT job FROM mine`;

/** $1 due by, $2 kinds, $3 at most, $4 milliseconds of lease. */
export const CLAIM = 'SELECT * FROM work_claim($1, $2, $3, $4)';

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
  changed(`${TOLD}, held = false, lease_until = ${LEASE('$3')}, state = CASE WHEN d.state = 'running' THEN 'waiting' ELSE d.state END`),
  'error_class = $4, attempt = w.attempt + $5::boolean::int, away_since = CASE WHEN $5 THEN NULL ELSE coalesce(w.away_since, clock_timestamp()) END',
);

export const SAVE_CHECKPOINT = noted('checkpoint = $3::jsonb');
export const SAVE_PROGRESS = noted('progress = $3');

/** $3 the next step, $4 whether what was done can be taken back. */
export const ADVANCE = fenced(
  changed(`${TOLD}, abandoned = 0, undoable = d.undoable OR $4`),
  'step = $3, attempt = 0, checkpoint = NULL, error_class = NULL, away_since = NULL',
);

/** Without a row among what is due and without another end, it is done. */
export const FINISH = `
WITH mine AS (${deleted} AND d.state = 'running' RETURNING d.job),
tidy AS (UPDATE work w SET checkpoint = NULL, ${NOW} FROM mine WHERE w.id = mine.job AND w.checkpoint IS NOT NULL)
SELECT job FROM mine`;

/** Answers with null when it ended all of them, else with those that it did. Waits for nobody. */
export const FINISH_ALL = 'SELECT work_end($1, $2) AS some';
/** For those that were locked: by a lease that was being renewed, or by somebody who cancels them. */
export const FINISH_REST = `
WITH ours AS MATERIALIZED (
  SELECT d.place, d.job FROM (SELECT * FROM ${OURS} ORDER BY job) AS ours
  CROSS JOIN LATERAL (SELECT d.ctid AS place, d.job ${OF_OURS} AND d.state = 'running' FOR UPDATE) AS d),
ended AS (DELETE FROM work_due d WHERE d.ctid = ANY (ARRAY(SELECT place FROM ours)))
SELECT CASE WHEN count(*) < cardinality($1) THEN coalesce(array_agg(job), '{}') END AS some FROM ours`;

const FORGET_STEPS = ', forgotten AS (DELETE FROM work_steps s USING mine WHERE s.job = mine.job)';
const BOOKED_AGAIN = `${FREED}, state = 'booked', run_at = $3, fence = d.fence + 1, abandoned = 0, undoable = false, payload = CASE WHEN $4::text IS NULL THEN d.payload END`;
const FRESH = 'step = NULL, attempt = 0, checkpoint = NULL, progress = 0, away_since = NULL, undo_of = NULL';

/** $3 the next time, $4 an error class. */
export const BOOK_AGAIN = `
WITH mine AS (${changed(BOOKED_AGAIN)} RETURNING d.job),
told AS (UPDATE work w SET run_at = $3, error_class = $4, ${FRESH}, ${NOW} FROM mine WHERE w.id = mine.job)${FORGET_STEPS}
SELECT job, pg_notify('work', (extract(epoch FROM $3::timestamptz) * 1000)::bigint::text) FROM mine`;

/** $3 error class. */
export const FAIL = fenced(`${deleted} AND NOT (d.undoable AND d.state = 'running')`, "ended = 'failed', error_class = $3, fence = mine.fence, away_since = NULL");
export const BEGIN_UNDO = fenced(
  `${changed(`${TOLD}, ${FREED}, state = 'compensating', fence = d.fence + 1, abandoned = 0`)} AND d.undoable AND d.state = 'running'`,
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
