import type { DatabaseContext } from '../database-context.js';
import { DatabaseContention, RequestLeaseLost } from '../persistence.errors.js';
import type { TypeormTransaction } from '../typeorm-transaction.js';
import { OnceRequests, type RepeatableRequest, type RequestClaim, type RequestState, type SavedAnswer } from './once-requests.js';

interface OnceRow {
  readonly state: string;
  readonly fingerprint: string;
  readonly result: SavedAnswer | null;
}

const LEASE_MS = 60_000;
const ATTEMPTS = 3;

// Takes a free key, an expired one, or the same request whose lease ran out; anything else stays as it is.
const CLAIM = `
  INSERT INTO once AS o (scope, key, state, fingerprint, user_id, lease_until, expires_at)
  VALUES ($1, $2, 'running', $3, $4, clock_timestamp() + make_interval(secs => $5), clock_timestamp() + interval '24 hours')
  ON CONFLICT (scope, key) DO UPDATE
     SET state = 'running', fingerprint = excluded.fingerprint, result = NULL, attempt = o.attempt + 1,
         lease_until = excluded.lease_until, expires_at = excluded.expires_at
   WHERE o.expires_at < clock_timestamp()
      OR (o.state = 'running' AND o.lease_until < clock_timestamp() AND o.fingerprint = excluded.fingerprint)
  RETURNING o.attempt`;

const COMPLETE = `
  UPDATE once SET state = 'done', result = $4::jsonb, lease_until = NULL
   WHERE scope = $1 AND key = $2 AND attempt = $3 AND state = 'running' RETURNING key`;

export class TypeormOnceRequests extends OnceRequests {
  constructor(
    private readonly transaction: TypeormTransaction,
    private readonly context: DatabaseContext,
  ) {
    super();
  }

  async begin(request: RepeatableRequest): Promise<RequestState> {
    for (let tried = 0; tried < ATTEMPTS; tried += 1) {
      const state = await this.transaction.runAlone(() => this.claimOrLook(request));
      if (state !== undefined) return state;
    }
    throw new DatabaseContention();
  }

  private async claimOrLook(request: RepeatableRequest): Promise<RequestState | undefined> {
    const { scope, key, fingerprint, leaseMs = LEASE_MS } = request;
    const manager = this.context.manager();
    const userId = this.context.current()?.userId ?? null;
    const claimed: { attempt: number }[] = await manager.query(CLAIM, [scope, key, fingerprint, userId, leaseMs / 1000]);
    const attempt = claimed[0]?.attempt;
    if (attempt !== undefined) return { kind: 'run', claim: this.claimOf(request, attempt) };
    const rows: OnceRow[] = await manager.query('SELECT state, fingerprint, result FROM once WHERE scope = $1 AND key = $2', [scope, key]);
    return rows[0] && asState(rows[0], fingerprint);
  }

  private claimOf({ scope, key }: RepeatableRequest, attempt: number): RequestClaim {
    return {
      complete: (answer) =>
        this.transaction.run(async () => {
          const rows = await this.rows(COMPLETE, [scope, key, attempt, JSON.stringify(answer)]);
          if (rows.length === 0) throw new RequestLeaseLost();
        }),
      release: () =>
        this.transaction.runAlone(async () => {
          await this.rows("DELETE FROM once WHERE scope = $1 AND key = $2 AND attempt = $3 AND state = 'running'", [scope, key, attempt]);
        }),
    };
  }

  // TypeORM answers UPDATE and DELETE with [rows, count]
  private async rows(sql: string, parameters: unknown[]): Promise<unknown[]> {
    const answer: unknown = await this.context.manager().query(sql, parameters);
    const first: unknown = Array.isArray(answer) ? answer[0] : undefined;
    return Array.isArray(first) ? first : [];
  }
}

function asState(row: OnceRow, fingerprint: string): RequestState {
  if (row.fingerprint !== fingerprint) return { kind: 'mismatch' };
  return row.state === 'done' && row.result !== null ? { kind: 'replay', answer: row.result } : { kind: 'running' };
}
