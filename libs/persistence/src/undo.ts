import type { QueryRunner } from 'typeorm';
import type { PreparedClient } from './prepared-client.js';

/** A table that was changed meanwhile makes its prepared statements fail for ever: they end with their connection. */
const STALE_STATEMENT = new Set(['0A000', '26000']);
const DEEPEST_CAUSE = 5;

/** Takes the client's transaction back, as far as there is still a connection to do it on, and gives the runner's connection up where it must. */
export async function undo(runner: QueryRunner, client: PreparedClient, error: unknown): Promise<void> {
  // With a connection that is lost goes its transaction.
  await client.query('ROLLBACK').catch(() => undefined);
  if (isStale(error)) await (runner as GivingUp).releasePostgresConnection(error);
}

interface GivingUp extends QueryRunner {
  /** With an error the pool ends the connection. */
  releasePostgresConnection(error: unknown): Promise<void>;
}

/** Also where the work made an error of its own of it. */
function isStale(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST_CAUSE) return false;
  return ('code' in error && STALE_STATEMENT.has(String(error.code))) || ('cause' in error && isStale(error.cause, depth + 1));
}
