import { describe, expect, it } from '@jest/globals';
import { RangeUnsatisfiable } from '../domain/story/story.errors.js';
import { byteRangeOf } from './byte-range.js';

describe('a Range header', () => {
  it.each([
    ['bytes=0-99', { start: 0, end: 100 }],
    ['bytes=100-', { start: 100, end: 1000 }],
    ['bytes=-10', { start: 990, end: 1000 }],
    ['bytes=990-2000', { start: 990, end: 1000 }],
    ['bytes=-5000', { start: 0, end: 1000 }],
    [undefined, undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=1-2', undefined],
    ['bytes=-', undefined],
  ])('%s', (header, range) => {
    expect(byteRangeOf(header, 1000)).toEqual(range);
  });

  it.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=50-40', 'bytes=-0'])('outside the file is refused: %s', (header) => {
    expect(() => byteRangeOf(header, 1000)).toThrow(RangeUnsatisfiable);
  });
});
