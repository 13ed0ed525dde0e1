import { describe, expect, it } from '@jest/globals';
import { retryDelay } from './backoff.js';

describe('the delay before another try', () => {
  const backoff = { baseMs: 1_000, capMs: 10_000 };

  it('doubles with each error up to the cap', () => {
    const delays = [1, 2, 3, 4, 5, 50].map((attempt) => retryDelay(attempt, backoff, () => 1));
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('is spread over the upper half', () => {
    expect([retryDelay(2, backoff, () => 0), retryDelay(2, backoff, () => 0.5)]).toEqual([1_000, 1_500]);
  });
});
