import { IdempotencyStore, type ClaimOutcome, type RequestClaim, type StoredAnswer } from '@selfos/http';
import type { DatabaseContext } from '../database-context.js';
import { DatabaseContention, RequestLeaseLost } from '../persistence.errors.js';
import type { TypeormTransaction } from '../typeorm-transaction.js';

interface OnceRow {
  readonly state: string;
  readonly fingerprint: string;
  readonly result: StoredAnswer | null;
}

/** Short, so that a retry after a crash need not wait long; renewed three times a lease while the request is at work. */
const LEASE_MS = 15_000;
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

const RENEW = "UPDATE once SET lease_until = clock_timestamp() + make_interval(secs => $4) WHERE scope = $1 AND key = $2 AND attempt = $3 AND state = 'running' RETURNING key";
const RELEASE = "DELETE FROM once WHERE scope = $1 AND key = $2 AND attempt = $3 AND state = 'running' RETURNING key";

/**
 * Claims of repeatable requests in the table `once`, kept 24 hours. A claim is leased while its request is at work and fenced: when
 * the lease ran out (its process died or stood still) and a retry took over, completing the old one throws RequestLeaseLost and
 * so undoes its effect.
 */
export class TypeormIdempotencyStore extends IdempotencyStore {
  private readonly attempts = new WeakMap<RequestClaim, number>();
  private readonly renewals = new WeakMap<RequestClaim, NodeJS.Timeout>();

  constructor(
    private readonly transaction: TypeormTransaction,
    private readonly context: DatabaseContext,
    private readonly leaseMs = LEASE_MS,
  ) {
    super();
  }

  async begin(claim: RequestClaim): Promise<ClaimOutcome> {
    for (let tried = 0; tried < ATTEMPTS; tried += 1) {
      const outcome = await this.transaction.runAlone(() => this.claimOrLook(claim));
      if (outcome?.state === 'claimed') this.keepRenewing(claim);
      if (outcome !== undefined) return outcome;
    }
    throw new DatabaseContention();
  }

  async complete(claim: RequestClaim, answer: StoredAnswer): Promise<void> {
    clearInterval(this.renewals.get(claim));
    await this.transaction.run(async () => {
      const changed = await this.changed(COMPLETE, [...this.slotOf(claim), JSON.stringify(answer)]);
      if (!changed) throw new RequestLeaseLost();
    });
  }

  async release(claim: RequestClaim): Promise<void> {
    clearInterval(this.renewals.get(claim));
    await this.transaction.runAlone(() => this.changed(RELEASE, this.slotOf(claim)));
  }

  atomically<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction.run(work);
  }

  // a renewal that fails is made up for by the next; the fence decides in the end
  private keepRenewing(claim: RequestClaim): void {
    const renew = (): void => {
      void this.transaction.runAlone(() => this.changed(RENEW, [...this.slotOf(claim), this.leaseMs / 1000])).catch(() => undefined);
    };
    if (this.leaseMs > 0) this.renewals.set(claim, setInterval(renew, this.leaseMs / 3).unref());
  }

  // nothing to answer when the slot was given back between the two statements: look again
  private async claimOrLook(claim: RequestClaim): Promise<ClaimOutcome | undefined> {
    const { scope, key, fingerprint } = claim;
    const manager = this.context.manager();
    const userId = this.context.current()?.userId ?? null;
    const claimed: { attempt: number }[] = await manager.query(CLAIM, [scope, key, fingerprint, userId, this.leaseMs / 1000]);
    const attempt = claimed[0]?.attempt;
    if (attempt !== undefined) {
      this.attempts.set(claim, attempt);
      return { state: 'claimed' };
    }
    const rows: OnceRow[] = await manager.query('SELECT state, fingerprint, result FROM once WHERE scope = $1 AND key = $2', [scope, key]);
    return rows[0] && asOutcome(rows[0], fingerprint);
  }

  private slotOf(claim: RequestClaim): [string, string, number] {
    return [claim.scope, claim.key, this.attempts.get(claim) ?? 0];
  }

  // TypeORM answers UPDATE and DELETE with [rows, count]
  private async changed(sql: string, parameters: unknown[]): Promise<boolean> {
    const answer: unknown = await this.context.manager().query(sql, parameters);
    return Array.isArray(answer) && answer[1] === 1;
  }
}

function asOutcome(row: OnceRow, fingerprint: string): ClaimOutcome {
  if (row.fingerprint !== fingerprint) return { state: 'mismatch' };
  return row.state === 'done' && row.result !== null ? { state: 'done', answer: row.result } : { state: 'running' };
}
