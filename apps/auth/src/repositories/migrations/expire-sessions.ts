import { ForwardMigration, workerSweeps } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** Sessions say when their last refresh token ends; what has ended may be deleted by housekeeping, which sees nothing else. */
export class ExpireSessions1763809200000 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE sessions ADD COLUMN expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '31 days'");
    for (const table of ['refresh_tokens', 'sessions']) {
      await runner.query(`CREATE INDEX ${table}_expiry ON ${table} (expires_at)`);
      await workerSweeps(runner, table, 'expires_at < clock_timestamp()');
    }
  }
}
