import type { DependencyLimits } from '@selfos/http';

/** The driver ends its calls in time and repeats what it may. */
export const MESSAGE_STORE_LIMITS: DependencyLimits = {
  name: 'MongoDB', use: 'messages of conversations', timeoutMs: 5_000, retries: 1,
  breaker: { row: 5, share: { threshold: 0.5, calls: 20, windowMs: 10_000 }, restMs: 2_000, longestRestMs: 8_000 }, bulkhead: { running: 16, waiting: 64 },
};
