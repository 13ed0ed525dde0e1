import { gcm } from '@noble/ciphers/aes.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import type { Vector } from '../src/vectors/make-vectors.js';

// A second implementation of libs/crypto/envelope-1.md: shares no line and no primitive with src/.

const text = new TextEncoder();

function lv(...parts: (Uint8Array | string)[]): Uint8Array {
  const out: number[] = [];
  for (const part of parts) {
    const bytes = typeof part === 'string' ? text.encode(part) : part;
    out.push((bytes.length >>> 24) & 255, (bytes.length >>> 16) & 255, (bytes.length >>> 8) & 255, bytes.length & 255, ...bytes);
  }
  return Uint8Array.from(out);
}

export function bytesOf(base64url: string): Uint8Array {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

/** Opens a vector's envelope by the document alone. Throws when it does not open. */
export function openIndependently({ envelope: e, recipient }: Vector): Uint8Array {
  const wrap = bytesOf(e.r.find((r) => r.t === recipient.t && r.k === recipient.k)?.w ?? '');
  const context = lv('selfos/env/1', String(e.s), e.uid, e.oid, e.ctx, e.rev, e.wid);
  const wrapAad = lv('selfos/wrap/1', recipient.k, context);
  const cek = gcm(hexToBytes(recipient.keyHex), wrap.slice(0, 12), wrapAad).decrypt(wrap.slice(12));
  const okm = hkdf(sha256, cek, sha256(context), text.encode('selfos-e2e-encryption/1'), 64);
  if (okm.slice(32).join() !== bytesOf(e.m).join()) throw new Error('commitment');
  const padded = gcm(okm.slice(0, 32), bytesOf(e.n), lv(context, okm.slice(32))).decrypt(bytesOf(e.c));
  return padded.slice(0, padded.lastIndexOf(0x80));
}
