/**
 * Events leave by relays and arrive at consumers, never within a request: a Redis that hangs delays them and holds up nobody. A connection
 * that gives no answer for so long counts as lost, and what waits for its answer is sent again on a new one. It is given up after so many
 * that were refused, or after twice as long.
 */
export const REDIS_LIMITS = { name: 'Redis', use: 'events between services', timeoutMs: 10_000, retries: 3 } as const;
