import { describe, expect, it } from '@jest/globals';
import { claimOf } from '../memory/contradiction.js';
import { saySame } from './sameness.js';

describe('two memories say the same', () => {
  it.each([
    ['I like long walks', 'I like long walks.', 0.5],
    ['I like long walks', 'I really like long walks', 0.95],
    ['I drink coffee in the morning', 'In the morning I drink coffee', 0.9],
  ])('when they differ in form only: %s / %s', (one, other, cosine) => {
    expect(saySame(claimOf(one), claimOf(other), cosine)).toBe(true);
  });

  it.each([
    ['I like coffee', 'I do not like coffee', 0.99],
    ['I run 5 km', 'I run 10 km', 0.99],
    ['I like tea', 'I like wine', 0.99],
    ['I like long walks by the sea', 'I like long walks', 0.8],
    ['', 'I like tea', 0.99],
  ])('unless a negation, a number or the meaning differs: %s / %s', (one, other, cosine) => {
    expect(saySame(claimOf(one), claimOf(other), cosine)).toBe(false);
  });
});
