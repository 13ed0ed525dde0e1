import { hexToBytes } from '@noble/hashes/utils.js';
import { expect, it } from '@jest/globals';
import { concat, toHex } from '../src/bytes.js';
import { TokenRefused } from '../src/crypto.errors.js';
import { aesGcmOpen, aesGcmSeal, hkdfSha256, hmacSha256 } from '../src/primitives/primitives.js';
import { verifyToken } from '../src/tokens/jwt.js';
import { newSigningKey, publicHalf } from '../src/tokens/signing-keys.js';
import { describeWycheproof, wycheproofRows } from './wycheproof.js';

interface Row {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

describeWycheproof('aes_gcm_test.json', () => {
  interface Gcm extends Row { readonly key: string; readonly iv: string; readonly aad: string; readonly msg: string; readonly ct: string; readonly tag: string }

  it('opens what is valid and refuses the rest, other key and nonce lengths included', async () => {
    const rows = wycheproofRows<Gcm>('aes_gcm_test.json');
    let ours = 0;
    for (const row of rows) {
      const input = { key: hexToBytes(row.key), nonce: hexToBytes(row.iv), aad: hexToBytes(row.aad) };
      const sealed = concat(hexToBytes(row.ct), hexToBytes(row.tag));
      const supported = input.key.length === 32 && input.nonce.length === 12;
      const valid = supported && row.result === 'valid';
      const opened = await aesGcmOpen(input, sealed);
      expect([row.tcId, opened === undefined ? undefined : toHex(opened)]).toEqual([row.tcId, valid ? row.msg : undefined]);
      if (valid) expect(toHex(await aesGcmSeal(input, hexToBytes(row.msg)))).toBe(toHex(sealed));
      ours += supported ? 1 : 0;
    }
    expect(ours).toBe(66);
  });
});

describeWycheproof('hkdf_sha256_test.json', () => {
  interface Hkdf extends Row { readonly ikm: string; readonly salt: string; readonly info: string; readonly size: number; readonly okm: string }

  it('derives what is valid and refuses too long outputs', async () => {
    for (const row of wycheproofRows<Hkdf>('hkdf_sha256_test.json')) {
      const input = { ikm: hexToBytes(row.ikm), salt: hexToBytes(row.salt), info: hexToBytes(row.info) };
      const derived = await hkdfSha256(input, row.size).then(toHex, () => undefined);
      expect([row.tcId, derived]).toEqual([row.tcId, row.result === 'valid' ? row.okm : undefined]);
    }
  });
});

describeWycheproof('hmac_sha256_test.json', () => {
  interface Mac extends Row { readonly key: string; readonly msg: string; readonly tag: string }

  it('agrees on every tag', async () => {
    for (const row of wycheproofRows<Mac>('hmac_sha256_test.json')) {
      const tag = toHex(await hmacSha256(hexToBytes(row.key), hexToBytes(row.msg))).slice(0, row.tag.length);
      expect([row.tcId, tag === row.tag]).toEqual([row.tcId, row.result === 'valid']);
    }
  });
});

describeWycheproof('ed25519_test.json', () => {
  interface Eddsa extends Row { readonly publicKey: { readonly pk: string }; readonly msg: string; readonly sig: string }

  it('holds for the verification that tokens rest on', async () => {
    for (const row of wycheproofRows<Eddsa>('ed25519_test.json')) {
      const key = await crypto.subtle.importKey('raw', Uint8Array.from(hexToBytes(row.publicKey.pk)), 'Ed25519', false, ['verify']);
      const valid = await crypto.subtle.verify('Ed25519', key, Uint8Array.from(hexToBytes(row.sig)), Uint8Array.from(hexToBytes(row.msg)));
      expect([row.tcId, valid]).toEqual([row.tcId, row.result === 'valid']);
    }
  });
});

describeWycheproof('json_web_signature_test.json', () => {
  interface Jws extends Row { readonly jws: unknown }

  it('has no token that ours would take: none of them is an EdDSA token of a known key', async () => {
    const rows = wycheproofRows<Jws>('json_web_signature_test.json');
    const keys = [publicHalf(await newSigningKey())];
    for (const { jws } of rows) {
      const token = typeof jws === 'string' ? jws : JSON.stringify(jws);
      await expect(verifyToken(token, { typ: 'at+jwt', issuer: 'i', audience: 'a', keys })).rejects.toEqual(new TokenRefused());
    }
    expect(rows).toHaveLength(401);
  });
});
