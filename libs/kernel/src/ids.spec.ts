import { describe, expect, it } from '@jest/globals';
import { uuidv8, isUuid, uuidv7 } from './ids.js';

describe('uuidv7', () => {
  it('orders by time and is a valid version 7 UUID', () => {
    const earlier = uuidv7(1_000_000_000_000);
    const later = uuidv7(1_000_000_000_001);
    expect(isUuid(earlier)).toBe(true);
    expect(earlier[14]).toBe('7');
    expect(earlier < later).toBe(true);
  });

  it('keeps the 48-bit time in its first bytes', () => {
    expect(uuidv7(0x0123456789ab).slice(0, 13)).toBe('01234567-89ab');
  });

  it.each([Number.NaN, -1, Infinity, 2 ** 48])('refuses %s, which is no time', (ms) => {
    expect(() => uuidv7(ms)).toThrow(RangeError);
  });

  it('refuses what is not a UUID', () => {
    expect(isUuid('')).toBe(false);
    expect(isUuid('01234567-89AB-7000-8000-000000000000')).toBe(false);
    expect(uuidv8(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
  });
});
