import { describe, expect, it } from '@jest/globals';
import { spread } from './spread.js';

const order = (scores: Float64Array): number[] => [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));

describe('scores spread over sessions', () => {
  it('let a good passage of another session come before the third of one', () => {
    expect(order(spread(Float64Array.of(3, 2.9, 2.8, 2.6), [0, 0, 0, 1]))).toEqual([0, 3, 1, 2]);
  });

  it('keep a passage that is much better where it is, and the order within a session', () => {
    expect(order(spread(Float64Array.of(9, 8, 7, 1), [0, 0, 0, 1]))).toEqual([0, 1, 2, 3]);
  });

  it('put what was not considered behind', () => {
    const scores = Float64Array.from({ length: 100 }, (_, index) => 100 - index / 100);
    const found = order(spread(scores, new Int32Array(100)));
    expect(found).toEqual([...scores.keys()]);
    expect([...spread(new Float64Array(), [])]).toEqual([]);
  });
});
