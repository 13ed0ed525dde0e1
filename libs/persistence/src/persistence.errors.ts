import { defineError } from '@selfos/kernel';

/** The database cannot be reached, is starting, or has no connection left. */
export class DatabaseUnavailable extends defineError('persistence.database.unavailable', 'unavailable', 'The database is not available right now') {}

/** Two pieces of work wanted the same rows at the same time; trying again is safe. */
export class DatabaseContention extends defineError('persistence.database.contention', 'unavailable', 'The database was busy with the same data; try again') {}

/** A programming error: data access outside `Transaction.run`. */
export class NoTransaction extends defineError('persistence.transaction.missing', 'unavailable', 'Data access needs a transaction') {}

/** The transaction that this work belonged to has ended without it. */
export class TransactionOver extends defineError('persistence.transaction.over', 'unavailable', 'The transaction that this belonged to has ended') {}

/** The batch that this work belonged to has ended without it. */
export class BatchOver extends defineError('persistence.batch.over', 'unavailable', 'The batch that this belonged to has ended') {}

/** A programming error: one transaction never works for two people. */
export class TransactionOfAnotherUser extends defineError('persistence.transaction.other-user', 'forbidden', 'A transaction works for one person only') {}

/** The service refuses to start: its database would not protect people from each other, or cannot carry its pools. */
export class UnsafeDatabase extends defineError('persistence.database.unsafe', 'unavailable', 'The database is not set up safely') {}

/** Somebody else took over this request after its lease had run out; what was done in the transaction is undone. */
export class RequestLeaseLost extends defineError('persistence.request.lease-lost', 'conflict', 'The request was taken over by a retry') {}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', '08000', '08001', '08003', '08006', '57P01', '57P02', '57P03', '53300']);
// 57014: the statement took longer than it may.
const CONTENDED = new Set(['40001', '40P01', '55P03', '57014']);

// A connection that is lost between two statements is given back at once; whoever goes on with it is told that.
const RELEASED = new Set(['QueryRunnerAlreadyReleasedError', 'QueryRunnerProviderAlreadyReleasedError']);

/** A driver's error as one of ours where the caller can act on the difference; any other error as it is. */
export function asPersistenceError(error: unknown): unknown {
  const code = codeOf(error);
  if (code !== undefined && UNREACHABLE.has(code)) return new DatabaseUnavailable({ cause: error });
  if (code !== undefined && CONTENDED.has(code)) return new DatabaseContention({ cause: error });
  if (error instanceof Error && (RELEASED.has(error.name) || /timeout exceeded when trying to connect|Connection terminated|Query read timeout|is not queryable/.test(error.message))) {
    return new DatabaseUnavailable({ cause: error });
  }
  return error;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
