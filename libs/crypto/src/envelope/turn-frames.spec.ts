import { describe, expect, it } from '@jest/globals';
import { fromUtf8, utf8 } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { newTurnKey } from '../keys/keys.js';
import { openFrame, sealFrame } from './turn-frames.js';

describe('frames of a live answer', () => {
  const key = newTurnKey();

  it('open at their own place only', async () => {
    const sealed = await sealFrame(key, { turnId: 'a', index: 3 }, utf8('hello'));
    expect(fromUtf8(await openFrame(key, { turnId: 'a', index: 3 }, sealed))).toBe('hello');
    await expect(openFrame(key, { turnId: 'a', index: 4 }, sealed)).rejects.toEqual(new SealRefused());
    await expect(openFrame(key, { turnId: 'b', index: 3 }, sealed)).rejects.toEqual(new SealRefused());
    await expect(openFrame(newTurnKey(), { turnId: 'a', index: 3 }, sealed)).rejects.toEqual(new SealRefused());
    await expect(openFrame(key, { turnId: 'a', index: -1 }, sealed)).rejects.toEqual(new SealRefused());
  });
});
