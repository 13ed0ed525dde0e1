/**
 * Events leave by relays and arrive at consumers, never within a request: a Redis that hangs delays them and holds up nobody. A command
 * waits for its answer, and is given up after so many new connections.
 */
export const REDIS_LIMITS = { name: 'Redis', use: 'events between services', timeoutMs: Number.POSITIVE_INFINITY, retries: 3 } as const;
