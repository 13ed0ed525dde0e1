import type { PreparedClient } from './prepared-client.js';

/**
 * Commits the client's transaction, or throws when there is nothing to commit any more: PostgreSQL answers the COMMIT of a transaction in
 * which a statement failed with ROLLBACK, and with no error (SQL COMMIT, "Outputs"). Work that takes no notice of a failed statement would
 * count as done.
 */
export async function commit(client: PreparedClient): Promise<void> {
  const { command } = (await client.query('COMMIT')) as { readonly command: string };
  if (command !== 'COMMIT') throw new Error('a statement of this transaction failed and its work went on: nothing of it was kept');
}
