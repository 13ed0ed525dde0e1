import { describe, expect, it } from '@jest/globals';
import { inputHash } from './input-hash.js';

describe('the hash of a step’s input', () => {
  it('is the same whatever the order of keys', () => {
    expect(inputHash({ a: [1, null], b: { c: 'x', d: true } })).toBe(inputHash({ b: { d: true, c: 'x' }, a: [1, null] }));
  });

  it('differs when a value, a type or an order of a list differs', () => {
    const hashes = [{ a: 1 }, { a: '1' }, { a: null }, { a: [1, 2] }, { a: [2, 1] }, {}].map(inputHash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});
