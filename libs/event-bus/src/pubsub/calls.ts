import type { CallOptions } from '@google-cloud/pubsub';

/** One call with its repetitions ends within this time; the library's own minutes would hold up the relay's transaction, and a stop. */
export function within(totalTimeoutMillis: number): CallOptions {
  const pauses = { initialRetryDelayMillis: 100, retryDelayMultiplier: 2, maxRetryDelayMillis: 1_000 };
  const tries = { initialRpcTimeoutMillis: totalTimeoutMillis, rpcTimeoutMultiplier: 1, maxRpcTimeoutMillis: totalTimeoutMillis };
  return { retry: { backoffSettings: { ...pauses, ...tries, totalTimeoutMillis } } };
}

/** Of what is asked while the bus is at work. */
export const CALL = within(5_000);
