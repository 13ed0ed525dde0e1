import type { JobState } from '../../domain/job-state.js';
import { STATE } from './work-row.js';

/** A job as an operator may see it: never what it holds. */
export interface ListedJob {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly userId: string | undefined;
  readonly state: JobState;
  readonly step: string | undefined;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly progress: number;
  readonly errorClass: string | undefined;
  readonly runAt: Date;
  /** Milliseconds of real time since it was booked, and since it was last changed. */
  readonly ageMs: number;
  readonly changedMs: number;
  /** Milliseconds until its lease or its pause ends; undefined when it has none. */
  readonly leaseMs: number | undefined;
  /** How long something that it needs has been away; undefined when nothing is. */
  readonly awayMs: number | undefined;
}

export interface ListedStep {
  readonly step: string;
  readonly ended: boolean;
  readonly ageMs: number;
}

export interface JobFilter {
  readonly state?: JobState | undefined;
  readonly kind?: string | undefined;
  readonly limit: number;
}

/** Reads as `<service>_worker`, which sees every person's jobs; answers with the rows. */
export type Ask = <T>(sql: string, values: readonly unknown[]) => Promise<T[]>;

interface ListedRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly user_id: string | null;
  readonly state: JobState;
  readonly step: string | null;
  readonly attempt: number;
  readonly max_attempts: number;
  readonly progress: number;
  readonly error_class: string | null;
  readonly run_at: Date;
  readonly age_ms: number;
  readonly changed_ms: number;
  readonly lease_ms: number | null;
  readonly away_ms: number | null;
}

const since = (time: string) => `(extract(epoch FROM clock_timestamp() - ${time}) * 1000)::float8`;

const LISTED = `
SELECT w.id, w.kind, w.key, w.user_id, ${STATE} AS state, w.step, w.attempt, w.max_attempts, w.progress, w.error_class, w.run_at,
  ${since('w.created_at')} AS age_ms, ${since('w.updated_at')} AS changed_ms, ${since('w.away_since')} AS away_ms,
  CASE WHEN d.lease_until > clock_timestamp() THEN -${since('d.lease_until')} END AS lease_ms
FROM work w LEFT JOIN work_due d ON d.job = w.id`;

const LIST = `${LISTED}
WHERE ($1::text IS NULL OR ${STATE} = $1) AND ($2::text IS NULL OR w.kind = $2) ORDER BY w.updated_at DESC LIMIT $3`;
const GET = `${LISTED} WHERE w.id = $1`;
const STEPS = `SELECT step, status = 'done' AS ended, ${since('updated_at')} AS age_ms FROM work_steps WHERE job = $1 ORDER BY created_at`;

/** What is in the tables of work, for whoever runs SelfOS. */
export class PostgresWorkList {
  constructor(private readonly ask: Ask) {}

  /** Those changed last come first. */
  async list(filter: JobFilter): Promise<ListedJob[]> {
    return (await this.ask<ListedRow>(LIST, [filter.state ?? null, filter.kind ?? null, filter.limit])).map(listed);
  }

  async find(id: string): Promise<ListedJob | undefined> {
    const [row] = await this.ask<ListedRow>(GET, [id]);
    return row === undefined ? undefined : listed(row);
  }

  async steps(id: string): Promise<ListedStep[]> {
    const rows = await this.ask<{ step: string; ended: boolean; age_ms: number }>(STEPS, [id]);
    return rows.map((row) => ({ step: row.step, ended: row.ended, ageMs: row.age_ms }));
  }
}

function listed(row: ListedRow): ListedJob {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    userId: row.user_id ?? undefined,
    state: row.state,
    step: row.step ?? undefined,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    progress: row.state === 'done' ? 1 : row.progress,
    errorClass: row.state === 'done' ? undefined : (row.error_class ?? undefined),
    runAt: row.run_at,
    ageMs: row.age_ms,
    changedMs: row.changed_ms,
    leaseMs: row.lease_ms ?? undefined,
    awayMs: row.away_ms ?? undefined,
  };
}
