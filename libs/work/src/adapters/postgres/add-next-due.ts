import { ForwardMigration } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';

/** The look for what is due next, planned once for each connection: to plan it costs more than to do it. Runs as whoever asks. */
export class AddNextDue1764200000001 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION work_next_due(kinds text[]) RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        RETURN (SELECT d.run_at FROM work_due d WHERE d.kind = ANY (kinds) AND d.lease_until <= clock_timestamp() ORDER BY d.run_at LIMIT 1);
      END $$`);
  }
}
