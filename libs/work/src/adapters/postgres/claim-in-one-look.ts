import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Planned once for each connection, and by the indexes, however many rows the planner believes in. Runs as whoever asks. */
const PLANNED = 'LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off';

/**
 * A first try finds all that it needs in `work_due`. `key` and `payload` are there as long as `work` tells nothing more of the job than
 * that; without a payload, or with one that is long, it is read there. Claims and ends of many are functions, so that they are planned
 * once: to plan a claim looks through what was done since the last vacuum.
 */
export class ClaimInOneLook1764400000000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE work_due ADD COLUMN key text, ADD COLUMN payload jsonb');
    await runner.query(CLAIM);
    await runner.query(END);
  }
}

/**
 * The urgent first. Of the others the oldest, a turn to each person: whoever has hundreds due waits behind those who have one. Turns are
 * dealt among the oldest thousand or so, so that the cost does not grow with what is due. Rows are found again by their place (hence a
 * condition on the due time that no index answers) and locked before they change: what somebody else has locked is left alone. Whoever
 * changes a job in `work` changes or locks it in `work_due`, so what is read of it there is as it was taken.
 */
const CLAIM = `
CREATE FUNCTION work_claim(due_by timestamptz, kinds text[], most integer, lease_ms float8)
RETURNS TABLE (id uuid, kind text, key text, user_id uuid, payload jsonb, due_ms float8, fence text, more jsonb) ${PLANNED} AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz := clock_timestamp();
  urgent tid[];
  others tid[];
BEGIN
  urgent := ARRAY(
    SELECT d.ctid FROM work_due d WHERE d.priority > 0 AND d.run_at <= due_by AND d.kind = ANY (kinds) AND d.lease_until <= moment
    ORDER BY d.priority DESC, d.run_at LIMIT most FOR UPDATE SKIP LOCKED);
  others := ARRAY(
    SELECT d.ctid FROM work_due d
    WHERE d.ctid = ANY (ARRAY(
      SELECT place FROM (
        SELECT place, run_at, row_number() OVER (PARTITION BY person ORDER BY run_at) AS turn FROM (
          SELECT d.ctid AS place, coalesce(d.user_id, d.job) AS person, d.run_at FROM work_due d
          WHERE d.priority = 0 AND d.run_at <= due_by AND d.kind = ANY (kinds) AND d.lease_until <= moment
          ORDER BY d.run_at LIMIT greatest(most * 3 / 2, 100)) AS oldest) AS dealt
      ORDER BY turn, run_at LIMIT most))
    AND (d.run_at <= due_by) IS TRUE AND d.kind = ANY (kinds) AND d.lease_until <= moment
    LIMIT most - cardinality(urgent) FOR UPDATE SKIP LOCKED);
  RETURN QUERY
  UPDATE work_due d SET fence = d.fence + 1, lease_until = moment + lease_ms * interval '1 millisecond', abandoned = d.abandoned + d.held::int, held = true,
    state = CASE WHEN d.state = 'compensating' THEN d.state ELSE 'running' END
  WHERE d.ctid = ANY (urgent || others)
  RETURNING d.job, d.kind, d.key, d.user_id, d.payload, date_part('epoch', d.run_at) * 1000, d.fence::text,
    CASE WHEN d.payload IS NULL OR d.priority > 0 OR d.abandoned > 0 THEN (
      SELECT jsonb_build_object('key', w.key, 'payload', w.payload, 'state', d.state, 'step', w.step, 'attempt', w.attempt, 'max_attempts', w.max_attempts,
        'priority', d.priority, 'progress', w.progress, 'checkpoint', w.checkpoint, 'error_class', w.error_class, 'undo_of', w.undo_of,
        'away_ms', date_part('epoch', moment - w.away_since) * 1000, 'abandoned', d.abandoned)
      FROM work w WHERE w.id = d.job) END;
END $$`;

/** Answers with null when it ended all of them, else with those that it did. Waits for nobody, so that no order of locks can cross another. */
const END = `
CREATE FUNCTION work_end(jobs uuid[], fences bigint[]) RETURNS uuid[] ${PLANNED} AS $$
#variable_conflict use_column
DECLARE
  places tid[];
  ended uuid[];
BEGIN
  places := ARRAY(
    SELECT d.ctid FROM work_due d WHERE d.job = ANY (jobs) AND d.held AND d.state = 'running'
      AND ((d.job, d.fence) IN (SELECT * FROM unnest(jobs, fences))) IS TRUE FOR UPDATE SKIP LOCKED);
  IF cardinality(places) < cardinality(jobs) THEN
    ended := ARRAY(SELECT d.job FROM work_due d WHERE d.ctid = ANY (places));
  END IF;
  DELETE FROM work_due d WHERE d.ctid = ANY (places);
  RETURN ended;
END $$`;
