import { gcm } from '@noble/ciphers/aes.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aesGcmOpen, aesGcmSeal, equalBytes, hkdfSha256, hmacSha256, runningSha256, sha256, systemRandom } from './primitives.js';

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const some = fc.uint8Array({ maxLength: 200 });

describe('the primitives', () => {
  it('agree with an independent implementation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ key: bytes(32), nonce: bytes(12), aad: some, text: some }), async ({ key, nonce, aad, text }) => {
        const sealed = await aesGcmSeal({ key, nonce, aad }, text);
        expect(sealed).toEqual(gcm(key, nonce, aad).encrypt(text));
        expect(await aesGcmOpen({ key, nonce, aad }, sealed)).toEqual(text);
        expect(await hkdfSha256({ ikm: key, salt: aad, info: text }, 64)).toEqual(hkdf(nobleSha256, key, aad, text, 64));
        expect(await hmacSha256(key, text)).toEqual(hmac(nobleSha256, key, text));
        expect(await sha256(text)).toEqual(nobleSha256(text));
      }),
      { numRuns: 60 },
    );
  });

  it('hash piece by piece as in one go', async () => {
    const running = runningSha256();
    running.update(Uint8Array.from([1, 2]));
    running.update(Uint8Array.from([3]));
    expect(running.digest()).toEqual(await sha256(Uint8Array.from([1, 2, 3])));
  });

  it('seal nothing under a key or nonce of another length, and open nothing', async () => {
    const good = { key: systemRandom(32), nonce: systemRandom(12), aad: new Uint8Array(0) };
    const sealed = await aesGcmSeal(good, new Uint8Array(3));
    for (const bad of [{ ...good, key: systemRandom(16) }, { ...good, nonce: systemRandom(16) }]) {
      expect(() => aesGcmSeal(bad, new Uint8Array(3))).toThrow(RangeError);
      expect(await aesGcmOpen(bad, sealed)).toBeUndefined();
    }
    expect(await aesGcmOpen(good, sealed.subarray(0, 15))).toBeUndefined();
  });

  it('compare bytes of other lengths as unequal', () => {
    expect([equalBytes(new Uint8Array(2), new Uint8Array(2)), equalBytes(new Uint8Array(2), new Uint8Array(3))]).toEqual([true, false]);
  });
});
