import { SealRefused } from '../crypto.errors.js';

/** The next size of Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PETS 2019): at most 12 % growth. */
export function padmeSize(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const lastBits = exponent - (Math.floor(Math.log2(exponent)) + 1);
  if (lastBits <= 0) return length;
  const step = 2 ** lastBits;
  return Math.ceil(length / step) * step;
}

/** ISO/IEC 7816-4 (0x80, then zeros) up to the Padmé size of one byte more than the plaintext. */
export function pad(plaintext: Uint8Array): Uint8Array {
  const out = new Uint8Array(padmeSize(plaintext.length + 1));
  out.set(plaintext);
  out[plaintext.length] = 0x80;
  return out;
}

/** Undoes {@link pad}; refuses every padding that `pad` would not have written. */
export function unpad(padded: Uint8Array): Uint8Array {
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== 0x80 || padmeSize(end + 1) !== padded.length) throw new SealRefused();
  return padded.slice(0, end);
}
