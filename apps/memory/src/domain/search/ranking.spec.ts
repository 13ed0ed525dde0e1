import { describe, expect, it } from '@jest/globals';
import { fuse } from './fusion.js';
import { lexicalScores } from './lexical-score.js';

describe('the score of words', () => {
  it('is higher for rare words than for common ones, and 0 without a shared word', () => {
    const documents = [['run', 'park'], ['run', 'knee'], ['run', 'cello'], ['tea']];
    const [park, knee, cello, tea] = lexicalScores(['run', 'knee'], documents);
    expect(knee).toBeGreaterThan(park ?? 0);
    expect(park).toBe(cello);
    expect(tea).toBe(0);
  });

  it('prefers the short document of two that share the same word', () => {
    const [short, long] = lexicalScores(['knee'], [['knee', 'hurt'], ['knee', 'and', 'much', 'more', 'beside', 'it']]);
    expect(short).toBeGreaterThan(long ?? 0);
  });

  it('copes with nothing at all', () => {
    expect(lexicalScores(['x'], [])).toEqual([]);
    expect(lexicalScores([], [[]])).toEqual([0]);
  });
});

describe('fusion', () => {
  it('lets words decide and likeness tip the scales', () => {
    const [words, likeness, neither] = fuse([5, 0, 0], [0, 0.9, 0]);
    expect(words).toBeGreaterThan(likeness ?? 0);
    expect(likeness).toBeGreaterThan(neither ?? 0);
  });

  it('tells nothing apart that is all the same', () => {
    expect(fuse([3, 3], [0.5, 0.5])).toEqual([0, 0]);
  });
});
