import type { WorkerDatabase } from '../worker-database.js';
import { EffectLedger, type EffectKey, type Found, type Hold, type Receipt, type Reservation } from './effect-ledger.js';

interface Row {
  readonly state: 'reserved' | 'unknown' | 'sent';
  readonly result: Receipt | null;
}

/** Longer than anything that made an effect can still be tried again. What is unknown stays until it is known. */
const KEPT_DAYS = 90;
const LEASED = "clock_timestamp() + $4 * interval '1 ms'";
const OVER = `clock_timestamp() + interval '${KEPT_DAYS} days'`;

// No lease: free. A lease that ended: nobody knows what its holder did.
const RESERVE = `
  INSERT INTO once AS o (scope, key, state, lease_until, user_id, expires_at) VALUES ($1, $2, 'reserved', ${LEASED}, $3, 'infinity')
  ON CONFLICT (scope, key) DO UPDATE
     SET state = CASE WHEN o.lease_until IS NULL THEN 'reserved' ELSE 'unknown' END,
         attempt = o.attempt + 1, lease_until = excluded.lease_until, expires_at = 'infinity'
   WHERE o.state <> 'sent' AND (o.lease_until IS NULL OR o.lease_until <= clock_timestamp())
  RETURNING state, attempt`;
const LOOK = `SELECT state, result FROM once WHERE scope = $1 AND key = $2`;
const SENT = `UPDATE once SET state = 'sent', result = $3::jsonb, lease_until = NULL, expires_at = ${OVER} WHERE scope = $1 AND key = $2 AND state <> 'sent'`;
const HELD = `WHERE scope = $1 AND key = $2 AND attempt = $3 AND state <> 'sent'`;
const FREE = `UPDATE once SET state = 'reserved', lease_until = NULL, expires_at = ${OVER} ${HELD}`;
const UNKNOWN = `UPDATE once SET state = 'unknown', lease_until = ${LEASED} ${HELD}`;
const RENEW = `UPDATE once SET state = 'reserved', lease_until = ${LEASED} ${HELD}`;
const OPEN = `
  SELECT key FROM once WHERE scope = $1 AND state IN ('reserved', 'unknown') AND lease_until <= clock_timestamp()
  ORDER BY lease_until LIMIT $2`;

/** Effects as rows of `once`, scope `effect:<kind>`. Each step is one statement of the worker's, outside any transaction of its caller. */
export class TypeormEffectLedger extends EffectLedger {
  constructor(private readonly worker: Pick<WorkerDatabase, 'query'>) {
    super();
  }

  async reserve({ kind, key, leaseMs, userId }: Reservation): Promise<Found> {
    const scope = scopeOf(kind);
    const [mine] = await this.worker.query<{ state: string; attempt: number }[]>(RESERVE, [scope, key, userId ?? null, leaseMs]);
    if (mine !== undefined) return { state: mine.state === 'reserved' ? 'free' : 'unknown', hold: { kind, key, fence: mine.attempt } };
    const [row] = await this.worker.query<Row[]>(LOOK, [scope, key]);
    if (row?.state === 'sent') return { state: 'sent', receipt: row.result ?? {} };
    return { state: row?.state === 'unknown' ? 'settling' : 'held' };
  }

  async sent({ kind, key }: EffectKey, receipt: Receipt): Promise<void> {
    await this.worker.query(SENT, [scopeOf(kind), key, JSON.stringify(receipt)]);
  }

  async free({ kind, key, fence }: Hold): Promise<void> {
    await this.worker.query(FREE, [scopeOf(kind), key, fence]);
  }

  async unknown({ kind, key, fence }: Hold, settlingMs: number): Promise<void> {
    await this.worker.query(UNKNOWN, [scopeOf(kind), key, fence, settlingMs]);
  }

  async renew({ kind, key, fence }: Hold, leaseMs: number): Promise<boolean> {
    const [, count] = await this.worker.query<[unknown, number]>(RENEW, [scopeOf(kind), key, fence, leaseMs]);
    return count === 1;
  }

  async open(kind: string, most: number): Promise<readonly string[]> {
    return (await this.worker.query<{ key: string }[]>(OPEN, [scopeOf(kind), most])).map(({ key }) => key);
  }
}

function scopeOf(kind: string): string {
  return `effect:${kind}`;
}
