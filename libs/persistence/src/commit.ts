import type { QueryRunner } from 'typeorm';

/**
 * Commits the runner's transaction, or throws when there is nothing to commit any more: PostgreSQL answers the COMMIT of a transaction in
 * which a statement failed with ROLLBACK, and with no error (SQL COMMIT, "Outputs"). Work that takes no notice of a failed statement would
 * count as done.
 */
export async function commit(runner: QueryRunner): Promise<void> {
  const client: { query(text: string): Promise<{ readonly command: string }> } = await runner.connect();
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('a statement of this transaction failed and its work went on: nothing of it was kept');
}
