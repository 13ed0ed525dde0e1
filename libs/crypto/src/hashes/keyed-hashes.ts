import { uuidv8, type Uuid } from '@selfos/kernel';
import { lengthPrefixed, toBase64Url, toHex, utf8 } from '../bytes.js';
import { asHmacKey, type HmacKey } from '../keys/keys.js';
import { hkdfSha256, hmacSha256, KEY_LENGTH } from '../primitives/primitives.js';

/** A key for one purpose (`email-index`, `object-id`, …) from a root key; keys of two purposes tell nothing about each other. */
export async function deriveHmacKey(root: Uint8Array, purpose: string): Promise<HmacKey> {
  const info = lengthPrefixed('selfos/hmac/1', purpose);
  return asHmacKey(await hkdfSha256({ ikm: root, salt: new Uint8Array(0), info }, KEY_LENGTH));
}

/** HMAC-SHA256 over length-prefixed parts, 32 bytes. */
export function keyedHash(key: HmacKey, ...parts: readonly (string | Uint8Array)[]): Promise<Uint8Array> {
  return hmacSha256(key, lengthPrefixed(...parts));
}

/** How addresses are compared: NFKC, lower case, no space around. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** Blind index of an e-mail address: 64 hexadecimal digits. A plain hash would fall to a dictionary in minutes. */
export async function emailHash(key: HmacKey, email: string): Promise<string> {
  return toHex(await hmacSha256(key, utf8(normalizeEmail(email))));
}

/** A name for logs that says nothing about the person: 16 hexadecimal digits, stable under one key. */
export async function pseudonym(key: HmacKey, id: string): Promise<string> {
  return toHex(await keyedHash(key, id)).slice(0, 16);
}

/** The first 16 bytes of a keyed hash as a version 8 UUID (RFC 9562 §5.8): the same input names the same object again. */
export function deriveUuid(hash: Uint8Array): Uuid {
  return uuidv8(hash);
}

export interface RequestParts {
  readonly method: string;
  readonly path: string;
  /** The body as it was before sealing. */
  readonly body: Uint8Array;
}

/** What two requests must share to be the same request, without telling what they say: base64url, 43 characters. */
export async function requestFingerprint(key: HmacKey, { method, path, body }: RequestParts): Promise<string> {
  return toBase64Url(await keyedHash(key, method.toUpperCase(), path, body));
}
