import type { DatabaseContext } from '../database-context.js';
import { Once } from './once.js';

/** Longer than any event can still be delivered again. */
const KEPT_DAYS = 30;

export class TypeormOnce extends Once {
  constructor(private readonly context: DatabaseContext) {
    super();
  }

  async claim(scope: string, key: string): Promise<boolean> {
    const rows: unknown[] = await this.context.manager().query(
      `INSERT INTO once (scope, key, state, user_id, expires_at)
       VALUES ($1, $2, 'done', $3, clock_timestamp() + make_interval(days => $4))
       ON CONFLICT (scope, key) DO NOTHING RETURNING key`,
      [scope, key, this.context.current()?.userId ?? null, KEPT_DAYS],
    );
    return rows.length === 1;
  }

  async claimAll(scope: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
    // in one order, so that two batches with the same keys wait for each other and do not lock each other out
    const rows: { key: string }[] = await this.context.manager().query(
      `INSERT INTO once (scope, key, state, expires_at)
       SELECT $1, key, 'done', clock_timestamp() + make_interval(days => $3) FROM (SELECT DISTINCT key FROM unnest($2::text[]) AS k (key) ORDER BY key) AS keys
       ON CONFLICT (scope, key) DO NOTHING RETURNING key`,
      [scope, keys, KEPT_DAYS],
    );
    return new Set(rows.map(({ key }) => key));
  }
}
