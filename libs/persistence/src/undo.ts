import type { QueryRunner } from 'typeorm';

/** A table that was changed meanwhile makes its prepared statements fail for ever: they end with their connection. */
const STALE_STATEMENT = new Set(['0A000', '26000']);
const DEEPEST_CAUSE = 5;

/** Takes the runner's transaction back, as far as there is still a connection to do it on. */
export async function undo(runner: QueryRunner, error: unknown): Promise<void> {
  try {
    await runner.rollbackTransaction();
    if (isStale(error)) await runner.query('SELECT pg_terminate_backend(pg_backend_pid())');
  } catch {
    // With the connection goes its transaction.
  }
}

/** Also where the work made an error of its own of it. */
function isStale(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST_CAUSE) return false;
  return ('code' in error && STALE_STATEMENT.has(String(error.code))) || ('cause' in error && isStale(error.cause, depth + 1));
}
