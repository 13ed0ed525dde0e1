import pg from 'pg';
import { serviceDatabase } from '@selfos/persistence';
import type { BusEvent } from '../event-bus.js';
import { BusUnavailable } from '../event-bus.errors.js';
import { GROUP_LOCK } from '../postgres/bus-schema.js';
import { BusStore } from '../postgres/bus-store.js';
import { BusOperations, factsOf, type DeadEvent, type EventFacts, type GroupLag, type OpenEvent, type Told } from './bus-operations.js';

interface Stored {
  readonly id: string;
  readonly type: string;
  readonly json: string;
}

const TOLD = `SELECT position, id, type, event::text AS json, published_at FROM bus.stream WHERE position > $1 ORDER BY position DESC LIMIT $2`;
const LAG = `
  SELECT c.consumer AS group, c.type, unread.n::int AS unread, unread.since,
         (SELECT count(*)::int FROM bus.deliveries d WHERE d.consumer = c.consumer AND d.type = c.type) AS open,
         (SELECT count(*)::int FROM bus.dead_letters l WHERE l.consumer = c.consumer AND l.type = c.type) AS dead
  FROM bus.cursors c CROSS JOIN LATERAL (
    SELECT count(*) AS n, min(s.published_at) AS since FROM bus.stream s WHERE s.type = c.type AND (s.xid, s.position) > (c.xid, c.position)) unread
  ORDER BY c.consumer, c.type`;
const OPEN = `
  SELECT d.consumer AS group, d.attempt, d.waits, d.owner IS NOT NULL AS in_hand, d.due_at, s.id, s.type, s.event::text AS json
  FROM bus.deliveries d JOIN bus.stream s USING (position) ORDER BY d.due_at LIMIT $1`;
const DEAD = `SELECT consumer AS group, event_id AS id, type, event::text AS json, attempts, reason, died_at FROM bus.dead_letters ORDER BY died_at DESC`;
const DROP = 'DELETE FROM bus.dead_letters WHERE consumer = $1 AND event_id = $2';

const FORGET = `
  WITH free AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${GROUP_LOCK}) AS so),
  gone AS (DELETE FROM bus.cursors USING free WHERE so AND consumer = $1 RETURNING 1),
  open AS (DELETE FROM bus.deliveries USING free WHERE so AND consumer = $1 RETURNING 1),
  dead AS (DELETE FROM bus.dead_letters USING free WHERE so AND consumer = $1 RETURNING 1)
  SELECT so AS free, EXISTS (TABLE gone UNION ALL TABLE open UNION ALL TABLE dead) AS gone FROM free`;

/** The log in PostgreSQL, for operators: as the administrator, since no role of a service sees all of it. */
export class PostgresBusOperations extends BusOperations {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly store: BusStore,
  ) {
    super();
  }

  /** Makes nothing: rejects with BusUnavailable where there is no bus yet, or no server. */
  static async open(administratorUrl: string): Promise<PostgresBusOperations> {
    const { adminUrl } = await serviceDatabase('bus', administratorUrl);
    const pool = new pg.Pool({ connectionString: adminUrl, max: 2, connectionTimeoutMillis: 5_000, application_name: 'selfos operations' });
    pool.on('error', () => undefined);
    try {
      await pool.query('SELECT 1 FROM bus.stream LIMIT 1');
    } catch (cause) {
      await pool.end();
      throw new BusUnavailable({ detail: 'There is no event bus in this PostgreSQL, or it does not answer.', cause });
    }
    return new PostgresBusOperations(pool, new BusStore(pool));
  }

  async told(most: number, after = '0'): Promise<Told> {
    const { rows } = await this.pool.query<Stored & { position: string; published_at: Date }>(TOLD, [after, most]);
    const events = rows.toReversed().map((row) => ({ facts: facts(row), publishedAt: row.published_at }));
    return { events, place: rows[0]?.position ?? after };
  }

  async lag(): Promise<GroupLag[]> {
    const { rows } = await this.pool.query<Omit<GroupLag, 'since'> & { since: Date | null }>(LAG);
    return rows.map((row) => ({ ...row, since: row.since ?? undefined }));
  }

  async open(most: number): Promise<OpenEvent[]> {
    const { rows } = await this.pool.query<Stored & { group: string; attempt: number; waits: number; in_hand: boolean; due_at: Date }>(OPEN, [most]);
    // what waits has its attempt still before it
    return rows.map((row) => ({ group: row.group, facts: facts(row), attempt: row.in_hand ? row.attempt : row.attempt + 1, waits: row.waits, inHand: row.in_hand, dueAt: row.due_at }));
  }

  async dead(): Promise<DeadEvent[]> {
    const { rows } = await this.pool.query<Stored & { group: string; attempts: number; reason: string; died_at: Date }>(DEAD);
    return rows.map((row) => ({ group: row.group, facts: facts(row), attempts: row.attempts, reason: row.reason, diedAt: row.died_at }));
  }

  replay(letter: DeadEvent): Promise<boolean> {
    return this.store.revive(letter.group, letter.facts.id);
  }

  async drop(letter: DeadEvent): Promise<boolean> {
    return (await this.pool.query(DROP, [letter.group, letter.facts.id])).rowCount !== 0;
  }

  async forget(group: string): Promise<'forgotten' | 'unknown' | 'at work'> {
    const { rows } = await this.pool.query<{ free: boolean; gone: boolean }>(FORGET, [group]);
    if (rows[0]?.free !== true) return 'at work';
    return rows[0].gone ? 'forgotten' : 'unknown';
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

function facts({ id, type, json }: Stored): EventFacts {
  return factsOf(JSON.parse(json) as BusEvent, json, { id, type });
}
