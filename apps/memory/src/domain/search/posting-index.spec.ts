import { describe, expect, it } from '@jest/globals';
import { PostingIndex } from './posting-index.js';

describe('documents by their words', () => {
  it('count a rare word more than a common one, and nothing without a shared word', () => {
    const [park, knee, cello, tea] = new PostingIndex([['run', 'park'], ['run', 'knee'], ['run', 'cello'], ['tea']]).scores(['run', 'knee']);
    expect(knee).toBeGreaterThan(park ?? 0);
    expect(park).toBe(cello);
    expect(tea).toBe(0);
  });

  it('prefer the short one of two that share the same word', () => {
    const [short, long] = new PostingIndex([['knee', 'hurt'], ['knee', 'and', 'much', 'more', 'beside', 'it']]).scores(['knee']);
    expect(short).toBeGreaterThan(long ?? 0);
  });

  it('tell what part of the question they have', () => {
    const index = new PostingIndex([['run', 'knee'], ['run'], ['tea']]);
    const [both, one, none] = index.coverage(['run', 'knee']);
    expect(both).toBeCloseTo(1);
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(0.5);
    expect(none).toBe(0);
  });

  it('cope with nothing at all', () => {
    expect([...new PostingIndex([]).scores(['x'])]).toEqual([]);
    expect([...new PostingIndex([[]]).scores([])]).toEqual([0]);
    expect([...new PostingIndex([['x']]).coverage([])]).toEqual([0]);
  });
});
