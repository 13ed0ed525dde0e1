import { describe, expect, it } from '@jest/globals';
import { SealRefused } from '../crypto.errors.js';
import { pad, padmeSize, unpad } from './padding.js';

describe('padding', () => {
  it('grows a text by at most 12 %, and hides its exact length', () => {
    for (let length = 1; length < 5000; length += 1) {
      const padded = padmeSize(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded).toBeLessThanOrEqual(Math.ceil(length * 1.12));
      expect(padmeSize(padded)).toBe(padded);
    }
    expect([9, 17, 33, 100, 1000, 1025].map(padmeSize)).toEqual([10, 18, 36, 104, 1024, 1088]);
  });

  it('is undone exactly, trailing zeros and 0x80 included', () => {
    for (const bytes of [[], [0], [0x80], [1, 0x80, 0, 0], Array.from({ length: 777 }, () => 0)]) {
      expect(unpad(pad(Uint8Array.from(bytes)))).toEqual(Uint8Array.from(bytes));
    }
  });

  it('refuses what it would not have written', () => {
    for (const bytes of [[], [0], [0, 0, 0], [1], [0x80, 0, 0], [1, 2, 0x80, 0, 0, 0, 0, 0, 0]]) {
      expect(() => unpad(Uint8Array.from(bytes))).toThrow(SealRefused);
    }
  });
});
