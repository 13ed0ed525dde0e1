import type { DependencyLimits } from '@selfos/http';

/** Limits of one service's connections. Whoever waits longer for a lock or a statement gets an error and lets go of everything. */
export const DATABASE_TIMES = { statement_timeout: 5_000, lock_timeout: 2_000, idle_in_transaction_session_timeout: 60_000 } as const;
export const CONNECT_MS = 3_000;

/** The pool is the bulkhead: DATABASE_POOL_SIZE, shared out among the services. */
export const DATABASE_LIMITS: DependencyLimits = { name: 'PostgreSQL', use: 'everything a service keeps', timeoutMs: DATABASE_TIMES.statement_timeout, retries: 0 };
