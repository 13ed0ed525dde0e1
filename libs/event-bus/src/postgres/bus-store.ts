import type { Pool } from 'pg';
import { jsonOf, type BusEvent, type DeadLetter } from '../event-bus.js';
import { BUS_CHANNEL } from './bus-schema.js';

/** One event brought to one group. */
export interface Claimed {
  readonly position: string;
  readonly attempt: number;
  readonly waits: number;
  readonly event: BusEvent;
}

/** Which deliveries to claim and for whom. `owner` is the backend process id of the subscriber's listening connection; without one the lease alone says that it died. */
export interface ClaimRequest {
  readonly group: string;
  readonly types: readonly string[];
  readonly most: number;
  readonly leaseMs: number;
  readonly owner: number | undefined;
}

const EVENTS_OF = `SELECT d.position, d.attempt, d.waits, s.event FROM bus.deliveries d JOIN bus.stream s USING (position) WHERE d.consumer = $1 AND d.position = ANY ($2)`;

/** The SQL of the bus. Every method is one short transaction: a long one would hold back every reader of the cluster. */
export class BusStore {
  constructor(private readonly pool: Pool) {}

  /** See the schema: to be called when a process starts. */
  async resetAfterRestore(): Promise<void> {
    await this.pool.query('SELECT bus.reset_after_restore()');
  }

  async append(events: readonly BusEvent[]): Promise<void> {
    await this.pool.query(
      `WITH added AS (
         INSERT INTO bus.stream (id, type, event)
         SELECT id, type, event::json FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS e (id, type, event, n) ORDER BY n
         ON CONFLICT (id) DO NOTHING RETURNING 1
       ) SELECT pg_notify($4, '') WHERE EXISTS (SELECT 1 FROM added)`,
      [events.map(({ id }) => id), events.map(({ type }) => type), events.map(jsonOf), BUS_CHANNEL],
    );
  }

  /** A group's cursors, at the beginning of the log when they are new. */
  async openCursors(group: string, types: readonly string[]): Promise<void> {
    await this.pool.query(`INSERT INTO bus.cursors (consumer, type) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING`, [group, types]);
  }

  async claimFresh(request: ClaimRequest): Promise<Claimed[]> {
    const { rows } = await this.pool.query<{ pos: string }>(`SELECT pos FROM bus.claim_fresh($1, $2, $3, $4 * interval '1 ms', $5)`, [
      request.group,
      request.types,
      request.most,
      request.leaseMs,
      request.owner,
    ]);
    return this.eventsAt(request.group, rows.map(({ pos }) => pos));
  }

  async claimDue(request: ClaimRequest): Promise<Claimed[]> {
    const { rows } = await this.pool.query<{ position: string }>(
      `UPDATE bus.deliveries d SET attempt = attempt + 1, due_at = clock_timestamp() + $4 * interval '1 ms', owner = $5
       WHERE consumer = $1 AND position IN (
         SELECT position FROM bus.deliveries WHERE consumer = $1 AND type = ANY ($2) AND due_at <= clock_timestamp()
         ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING position`,
      [request.group, request.types, request.most, request.leaseMs, request.owner],
    );
    return this.eventsAt(request.group, rows.map(({ position }) => position));
  }

  /** Makes deliveries due at once whose owner's connection is gone: its process died or lost the database. */
  async releaseOrphans(group: string): Promise<void> {
    await this.pool.query(
      `UPDATE bus.deliveries d SET due_at = clock_timestamp(), owner = NULL
       WHERE consumer = $1 AND owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.pid = d.owner)`,
      [group],
    );
  }

  /** Whether events are there that a still running transaction keeps from being read. */
  async isBehind(group: string, types: readonly string[]): Promise<boolean> {
    const { rows } = await this.pool.query(
      `SELECT 1 FROM bus.cursors c WHERE c.consumer = $1 AND c.type = ANY ($2)
       AND EXISTS (SELECT 1 FROM bus.stream s WHERE s.type = c.type AND (s.xid, s.position) > (c.xid, c.position)) LIMIT 1`,
      [group, types],
    );
    return rows.length > 0;
  }

  async done(group: string, positions: readonly string[]): Promise<void> {
    await this.pool.query(`DELETE FROM bus.deliveries WHERE consumer = $1 AND position = ANY ($2)`, [group, positions]);
  }

  /** Makes claimed deliveries due at once; this attempt does not count. What another has claimed since stays the other's. */
  async giveBack(group: string, claimed: readonly Claimed[]): Promise<void> {
    await this.pool.query(
      `UPDATE bus.deliveries d SET attempt = d.attempt - 1, due_at = clock_timestamp(), owner = NULL
       FROM unnest($2::bigint[], $3::int[]) AS g (position, attempt) WHERE d.consumer = $1 AND d.position = g.position AND d.attempt = g.attempt`,
      [group, claimed.map(({ position }) => position), claimed.map(({ attempt }) => attempt)],
    );
  }

  async postpone(group: string, claimed: Claimed, failure: { pauseMs: number; reason: string }): Promise<void> {
    await this.pool.query(
      `UPDATE bus.deliveries SET due_at = clock_timestamp() + $4 * interval '1 ms', owner = NULL, reason = $5
       WHERE consumer = $1 AND position = $2 AND attempt = $3`,
      [group, claimed.position, claimed.attempt, failure.pauseMs, failure.reason],
    );
  }

  /** As postponing, with an attempt that does not count. */
  async wait(group: string, claimed: Claimed, failure: { pauseMs: number; reason: string }): Promise<void> {
    await this.pool.query(
      `UPDATE bus.deliveries SET due_at = clock_timestamp() + $4 * interval '1 ms', owner = NULL, reason = $5, attempt = attempt - 1, waits = waits + 1
       WHERE consumer = $1 AND position = $2 AND attempt = $3`,
      [group, claimed.position, claimed.attempt, failure.pauseMs, failure.reason],
    );
  }

  async bury(group: string, claimed: Claimed, reason: string): Promise<void> {
    await this.pool.query(
      `WITH gone AS (DELETE FROM bus.deliveries WHERE consumer = $1 AND position = $2 AND attempt = $3 RETURNING position, attempt)
       INSERT INTO bus.dead_letters (consumer, position, event_id, type, event, attempts, reason)
       SELECT $1, s.position, s.id, s.type, s.event, gone.attempt, $4 FROM gone JOIN bus.stream s USING (position)
       ON CONFLICT (consumer, position) DO UPDATE SET attempts = excluded.attempts, reason = excluded.reason, died_at = excluded.died_at`,
      [group, claimed.position, claimed.attempt, reason],
    );
  }

  async deadLetters(group: string): Promise<DeadLetter[]> {
    const { rows } = await this.pool.query<{ event: BusEvent; attempts: number; reason: string; died_at: Date }>(
      `SELECT event, attempts, reason, died_at FROM bus.dead_letters WHERE consumer = $1 ORDER BY died_at DESC LIMIT 100`,
      [group],
    );
    return rows.map((row) => ({ event: row.event, attempts: row.attempts, reason: row.reason, diedAt: row.died_at }));
  }

  /** A dead letter outlives its place in the log; where that was trimmed it gets it back, below what anybody reads. */
  async revive(group: string, eventId: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `WITH letter AS (DELETE FROM bus.dead_letters WHERE consumer = $1 AND event_id = $2 RETURNING position, event_id, type, event),
       kept AS (
         INSERT INTO bus.stream (position, xid, id, type, event) OVERRIDING SYSTEM VALUE SELECT position, '0', event_id, type, event FROM letter
         ON CONFLICT DO NOTHING)
       INSERT INTO bus.deliveries (consumer, position, type, attempt, due_at)
       SELECT $1, coalesce((SELECT s.position FROM bus.stream s WHERE s.id = letter.event_id), letter.position), type, 0, clock_timestamp() FROM letter
       ON CONFLICT (consumer, position) DO UPDATE SET attempt = 0, due_at = excluded.due_at, owner = NULL`,
      [group, eventId],
    );
    if (rowCount !== 0) await this.pool.query(`SELECT pg_notify($1, '')`, [BUS_CHANNEL]);
    return rowCount !== 0;
  }

  /** Removes what every group has settled and is older than `keptMs`, at most `most` of each type; says how many. */
  async trim(keptMs: number, most: number): Promise<number> {
    const { rows } = await this.pool.query<{ removed: string }>(`SELECT bus.trim($1 * interval '1 ms', $2) AS removed`, [keptMs, most]);
    return Number(rows[0]?.removed ?? 0);
  }

  private async eventsAt(group: string, positions: readonly string[]): Promise<Claimed[]> {
    if (positions.length === 0) return [];
    return (await this.pool.query<Claimed>(EVENTS_OF, [group, positions])).rows;
  }
}
