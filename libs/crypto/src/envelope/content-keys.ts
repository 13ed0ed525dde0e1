import { lengthPrefixed, concat, utf8 } from '../bytes.js';
import type { ContentKey } from '../keys/keys.js';
import { aesGcmOpen, aesGcmSeal, hkdfSha256, KEY_LENGTH, NONCE_LENGTH, sha256 } from '../primitives/primitives.js';
import type { EnvelopeMeta } from './envelope.js';

// libs/crypto/envelope-1.md states these formulas; the published vectors fix them.

/** C: the context that every wrap and the content are bound to. */
export function contextOf(meta: EnvelopeMeta): Uint8Array {
  return lengthPrefixed('selfos/env/1', '1', meta.uid, meta.oid, meta.ctx, meta.rev, meta.wid);
}

export interface ContentKeys {
  /** K, encrypts the content. */
  readonly key: Uint8Array;
  /** M, commits to the key: GCM alone would let one ciphertext open to two plaintexts. */
  readonly commitment: Uint8Array;
}

export async function contentKeys(cek: ContentKey, context: Uint8Array): Promise<ContentKeys> {
  const okm = await hkdfSha256({ ikm: cek, salt: await sha256(context), info: utf8('selfos-e2e-encryption/1') }, 2 * KEY_LENGTH);
  return { key: okm.slice(0, KEY_LENGTH), commitment: okm.slice(KEY_LENGTH) };
}

/** A second key from the same content key, for the chunks of a blob; it shares nothing with K and M. */
export async function blobKey(cek: ContentKey, context: Uint8Array): Promise<Uint8Array> {
  return hkdfSha256({ ikm: cek, salt: await sha256(context), info: utf8('selfos/blob/1') }, KEY_LENGTH);
}

export interface Wrapping {
  readonly key: Uint8Array;
  readonly keyId: string;
  readonly context: Uint8Array;
}

export async function wrapContentKey(wrapping: Wrapping, cek: ContentKey, nonce: Uint8Array): Promise<Uint8Array> {
  const sealed = await aesGcmSeal({ key: wrapping.key, nonce, aad: wrapAad(wrapping) }, cek);
  return concat(nonce, sealed);
}

export function unwrapContentKey(wrapping: Wrapping, wrapped: Uint8Array): Promise<Uint8Array | undefined> {
  const nonce = wrapped.subarray(0, NONCE_LENGTH);
  return aesGcmOpen({ key: wrapping.key, nonce, aad: wrapAad(wrapping) }, wrapped.subarray(NONCE_LENGTH));
}

function wrapAad({ keyId, context }: Wrapping): Uint8Array {
  return lengthPrefixed('selfos/wrap/1', keyId, context);
}
