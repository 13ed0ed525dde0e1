import { describe, expect, it } from '@jest/globals';
import { dot } from './dot.js';
import { rotate, rotationBytes, rotationFrom } from './rotation.js';

function secretOf(seed: number, dimensions: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: rotationBytes(dimensions) }, () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 24);
}

function unit(seed: number, dimensions: number): Float32Array {
  const raw = Float32Array.from({ length: dimensions }, (_, index) => Math.sin(seed * 97.1 + index * 1.7) + Math.cos(seed + index * index));
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}

describe('a secret rotation', () => {
  it.each([512, 1536, 96])('keeps every length and angle in %i dimensions', (dimensions) => {
    const rotation = rotationFrom(secretOf(1, dimensions), dimensions);
    const [a, b] = [unit(1, dimensions), unit(2, dimensions)];
    const [turnedA, turnedB] = [rotate(rotation, a), rotate(rotation, b)];
    expect(dot(turnedA, turnedA)).toBeCloseTo(1, 4);
    expect(dot(turnedA, turnedB)).toBeCloseTo(dot(a, b), 4);
  });

  it('turns a vector away from itself, and elsewhere for another person', () => {
    const vector = unit(3, 512);
    const mine = rotate(rotationFrom(secretOf(1, 512), 512), vector);
    const yours = rotate(rotationFrom(secretOf(2, 512), 512), vector);
    expect(Math.abs(dot(mine, vector))).toBeLessThan(0.25);
    expect(Math.abs(dot(mine, yours))).toBeLessThan(0.25);
  });

  it('hides which text a stolen vector stands for', () => {
    const texts = Array.from({ length: 200 }, (_, seed) => unit(seed, 512));
    const rotation = rotationFrom(secretOf(7, 512), 512);
    const guessed = texts.filter((text, index) => nearest(rotate(rotation, text), texts) === index);
    expect(guessed.length / texts.length).toBeLessThanOrEqual(0.02);
  });
});

function nearest(vector: Float32Array, candidates: readonly Float32Array[]): number {
  const scores = candidates.map((candidate) => dot(vector, candidate));
  return scores.indexOf(Math.max(...scores));
}
