import type { QueryRunner } from 'typeorm';
import { ForwardMigration, grantTable } from '@selfos/persistence';

/**
 * The bus as tables of one database.
 *
 * A position alone is no cursor: identity values are given out before commit, so a reader can pass a number that becomes visible later.
 * Rows are therefore ordered by (transaction id, position) and read only below `pg_snapshot_xmin`: no transaction that is still running
 * can add a row there. After a restore into another cluster transaction ids start anew; `bus.reset_after_restore` then lets all groups
 * read from the beginning, and their once-claims make that free.
 */
const TABLES = `
CREATE SCHEMA bus;

CREATE TABLE bus.stream (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  id uuid NOT NULL UNIQUE,
  type text NOT NULL,
  event json NOT NULL,
  published_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX stream_by_type ON bus.stream (type, xid, position);

CREATE TABLE bus.cursors (
  consumer text NOT NULL,
  type text NOT NULL,
  xid xid8 NOT NULL DEFAULT '0',
  position bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (consumer, type)
);

CREATE TABLE bus.deliveries (
  consumer text NOT NULL,
  position bigint NOT NULL,
  type text NOT NULL,
  attempt int NOT NULL,
  due_at timestamptz NOT NULL,
  owner int,
  reason text,
  PRIMARY KEY (consumer, position)
);
CREATE INDEX deliveries_due ON bus.deliveries (consumer, due_at);

CREATE TABLE bus.dead_letters (
  consumer text NOT NULL,
  position bigint NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  event json NOT NULL,
  attempts int NOT NULL,
  reason text NOT NULL,
  died_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, position)
);
`;

const FUNCTIONS = `
CREATE FUNCTION bus.claim_fresh(who text, kinds text[], most int, lease interval, holder int)
RETURNS TABLE (pos bigint) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM bus.cursors c WHERE c.consumer = who AND c.type = ANY (kinds) ORDER BY c.type FOR UPDATE;
  RETURN QUERY
  WITH fresh AS MATERIALIZED (
    SELECT f.type, f.xid, f.position
    FROM bus.cursors c
    CROSS JOIN LATERAL (
      SELECT s.type, s.xid, s.position FROM bus.stream s
      WHERE s.type = c.type AND (s.xid, s.position) > (c.xid, c.position) AND s.xid < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY s.xid, s.position LIMIT most
    ) f
    WHERE c.consumer = who AND c.type = ANY (kinds)
    ORDER BY f.xid, f.position LIMIT most
  ), moved AS (
    UPDATE bus.cursors c SET xid = last.xid, position = last.position
    FROM (SELECT DISTINCT ON (type) type, xid, position FROM fresh ORDER BY type, xid DESC, position DESC) last
    WHERE c.consumer = who AND c.type = last.type
  )
  INSERT INTO bus.deliveries AS d (consumer, position, type, attempt, due_at, owner)
  SELECT who, position, type, 1, clock_timestamp() + lease, holder FROM fresh
  ON CONFLICT DO NOTHING
  RETURNING d.position;
END $$;

CREATE FUNCTION bus.reset_after_restore() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = bus, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM bus.stream WHERE xid > pg_current_xact_id()) THEN
    UPDATE bus.stream SET xid = '0';
    UPDATE bus.cursors SET xid = '0', position = 0;
  END IF;
END $$;
`;

/** The NOTIFY channel that wakes subscribers. */
export const BUS_CHANNEL = 'selfos_bus';

/** Held shared by the listening connection of every process that consumes for a group ($1); whoever forgets the group takes it alone. */
export const GROUP_LOCK = `hashtext('selfos bus group'), hashtext($1)`;

class CreateBus1763000001000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
    await grantTable(runner, 'bus.stream', { app: ['select', 'insert'] });
    for (const table of ['cursors', 'deliveries', 'dead_letters']) await grantTable(runner, `bus.${table}`, { app: ['select', 'insert', 'update', 'delete'] });
    await runner.query('GRANT USAGE ON SCHEMA bus TO bus_app');
  }
}

// Up to `most` rows of each type that everybody has settled: at or below where every group has read, of a type that none reads all, and below
// the oldest delivery that is still open. Types are found one by one along their index. Rows are looked at from the oldest on, so that a look which finds nothing to do is short.
const TRIM = `
CREATE FUNCTION bus.trim(kept interval, most int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = bus, pg_temp AS $$
DECLARE removed bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('bus.trim')) THEN RETURN 0; END IF;
  WITH RECURSIVE types AS (
    (SELECT type FROM stream ORDER BY type LIMIT 1)
    UNION ALL SELECT (SELECT s.type FROM stream s WHERE s.type > types.type ORDER BY s.type LIMIT 1) FROM types WHERE types.type IS NOT NULL
  ), read AS (
    SELECT DISTINCT ON (t.type) t.type, c.xid, c.position FROM types t LEFT JOIN cursors c USING (type) WHERE t.type IS NOT NULL ORDER BY t.type, c.xid, c.position
  ), open AS (
    SELECT DISTINCT ON (s.type) s.type, s.xid, s.position FROM deliveries d JOIN stream s USING (position) ORDER BY s.type, s.xid, s.position
  )
  DELETE FROM stream WHERE position IN (
    SELECT old.position FROM read r LEFT JOIN open o USING (type) CROSS JOIN LATERAL (
      SELECT s.position, s.published_at FROM stream s
      WHERE s.type = r.type AND (r.xid IS NULL OR (s.xid, s.position) <= (r.xid, r.position)) AND (o.type IS NULL OR (s.xid, s.position) < (o.xid, o.position))
      ORDER BY s.xid, s.position LIMIT most
    ) old
    WHERE old.published_at < clock_timestamp() - kept);
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;
`;

/** How often a delivery has waited for something that was away; and how the log is trimmed. */
class WaitAndTrim1763000001001 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bus.deliveries ADD COLUMN waits int NOT NULL DEFAULT 0');
    await runner.query(TRIM);
  }
}

export const BUS_MIGRATIONS = [CreateBus1763000001000, WaitAndTrim1763000001001];
