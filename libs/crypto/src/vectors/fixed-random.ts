import { createHash } from 'node:crypto';
import type { RandomSource } from '../primitives/primitives.js';

/** Reproducible bytes from a label: for published vectors and specs, never for anything that is kept. */
export function fixedRandom(label: string): RandomSource {
  let drawn = 0;
  return (length) => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      const block = createHash('sha256').update(`selfos-vectors/${label}/${drawn}`).digest();
      drawn += 1;
      out.set(block.subarray(0, Math.min(32, length - at)), at);
    }
    return out;
  };
}
