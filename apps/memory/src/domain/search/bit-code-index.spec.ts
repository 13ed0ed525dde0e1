import { describe, expect, it } from '@jest/globals';
import { numbers } from '../../../test/numbers.js';
import { BitCodeIndex } from './bit-code-index.js';
import { bitsSet, codeOf } from './bit-codes.js';
import { dot } from './dot.js';

function unit(next: () => number, dimensions: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, next);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function exact(vectors: readonly Float32Array[], query: Float32Array, k: number): number[] {
  return vectors.map((vector, place) => ({ place, score: dot(vector, query) })).sort((a, b) => b.score - a.score).slice(0, k).map(({ place }) => place);
}

describe('vectors by their 1-bit codes', () => {
  it('counts set bits as they are', () => {
    expect([0, 1, 0xffffffff, 0x80000000, 0b1011].map(bitsSet)).toEqual([0, 1, 32, 1, 3]);
    expect([...codeOf(Float32Array.of(1, -1, 0.5, 0))]).toEqual([0b101]);
  });

  it.each([[512, 3_000], [1_536, 2_003], [40, 1_001]])('finds the nearest in %i dimensions that comparing all finds', (dimensions, count) => {
    const random = numbers(7);
    const next = (): number => random() * 2 - 1;
    const centers = Array.from({ length: 20 }, () => unit(next, dimensions));
    const near = (): Float32Array => {
      const center = centers[Math.floor(((next() + 1) / 2) * 20)] ?? new Float32Array(dimensions);
      const noise = unit(next, dimensions);
      const vector = center.map((value, index) => value + 0.8 * (noise[index] ?? 0));
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    };
    const vectors = Array.from({ length: count }, near);
    const all = new Float32Array(count * dimensions);
    vectors.forEach((vector, place) => all.set(vector, place * dimensions));
    const index = new BitCodeIndex(all, dimensions);
    let found = 0;
    for (let round = 0; round < 20; round += 1) {
      const query = near();
      const right = new Set(exact(vectors, query, 10));
      found += index.nearest(query, 10).filter(({ place }) => right.has(place)).length;
    }
    expect(found / 200).toBeGreaterThanOrEqual(0.99);
  });

  it('compares a few exactly, and finds nothing in nothing', () => {
    const index = new BitCodeIndex(Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0), 4);
    expect(index.nearest(Float32Array.of(0.6, 0.8, 0, 0), 5)).toEqual([{ place: 1, score: expect.closeTo(0.8, 5) }, { place: 0, score: expect.closeTo(0.6, 5) }]);
    expect(new BitCodeIndex(new Float32Array(), 0).nearest(new Float32Array(), 5)).toEqual([]);
  });
});
