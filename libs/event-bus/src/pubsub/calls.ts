import type { CallOptions } from '@google-cloud/pubsub';

/** One call with its repetitions ends within this time; the library's own minutes would hold up the relay's transaction, and a stop. */
export function within(totalTimeoutMillis: number): CallOptions {
  const pauses = { initialRetryDelayMillis: 100, retryDelayMultiplier: 2, maxRetryDelayMillis: 1_000 };
  const tries = { initialRpcTimeoutMillis: totalTimeoutMillis, rpcTimeoutMultiplier: 1, maxRpcTimeoutMillis: totalTimeoutMillis };
  return { retry: { backoffSettings: { ...pauses, ...tries, totalTimeoutMillis } } };
}

/** Events leave by relays and arrive at consumers, never within a request. The client repeats a call until its time is over. */
export const PUBSUB_LIMITS = { name: 'Google Pub/Sub', use: 'events between services', timeoutMs: 5_000, retries: 0 } as const;
/** Of what is asked while the bus is at work. */
export const CALL = within(PUBSUB_LIMITS.timeoutMs);
