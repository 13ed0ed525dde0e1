import { uuidv7 } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import type { Job, JobState } from '../../domain/job.js';
import { Work, type EnqueueOutcome, type EnqueueRequest } from '../../domain/work.js';
import { toClaim, WORK_COLUMNS, type WorkRow } from './work-row.js';

/** Every statement wakes sleeping runners at the commit of the caller's transaction. */
const ENQUEUE = `
WITH before AS (SELECT state FROM work WHERE kind = $2 AND key = $3),
put AS (
  INSERT INTO work AS w (id, kind, key, user_id, payload, run_at, max_attempts, priority) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (kind, key) DO UPDATE SET
    payload = excluded.payload, run_at = excluded.run_at, max_attempts = excluded.max_attempts, priority = excluded.priority, progress = 0, state = 'pending', step = NULL,
    attempt = 0, abandoned = 0, lease_until = NULL, fence = w.fence + 1, checkpoint = NULL, error_class = NULL,
    finished_at = NULL, updated_at = clock_timestamp()
  WHERE w.state = 'cancelled' OR (w.state = 'pending' AND w.step IS NULL)
  RETURNING w.id = $1 AS created)
SELECT put.created, (SELECT state FROM before) AS before, pg_notify('work', (extract(epoch FROM $6::timestamptz) * 1000)::bigint::text) FROM put`;

const CANCEL = `
WITH gone AS (
  UPDATE work SET state = 'cancelled', fence = fence + 1, lease_until = NULL, updated_at = clock_timestamp(), finished_at = clock_timestamp()
  WHERE kind = $1 AND key = $2 AND state IN ('pending', 'running') RETURNING id)
SELECT id FROM gone`;

interface Put {
  readonly created: boolean;
  readonly before: JobState | null;
}

/** Books jobs in the service's own table `work`, as its `_app` role, in the transaction that is open. */
export class PostgresWork extends Work {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async enqueue(request: EnqueueRequest): Promise<EnqueueOutcome> {
    const { kind, key, userId, runAt, payload, maxAttempts, priority } = request;
    const values = [uuidv7(), kind, key, userId ?? null, JSON.stringify(payload ?? {}), runAt, maxAttempts ?? 5, priority ?? 0];
    const [put] = await this.database.manager().query<Put[]>(ENQUEUE, values);
    if (put === undefined) return 'kept';
    if (put.created) return 'created';
    return put.before === 'cancelled' ? 'revived' : 'moved';
  }

  async cancel(kind: string, key: string): Promise<boolean> {
    const gone = await this.database.manager().query<unknown[]>(CANCEL, [kind, key]);
    return gone.length > 0;
  }

  async find(kind: string, key: string): Promise<Job | undefined> {
    const sql = `SELECT ${WORK_COLUMNS} FROM work WHERE kind = $1 AND key = $2`;
    const [row] = await this.database.manager().query<WorkRow[]>(sql, [kind, key]);
    return row === undefined ? undefined : toClaim(row);
  }
}
