import { createCipheriv, createDecipheriv, createHmac, createHash, createSecretKey, hash, hkdfSync, randomFillSync, timingSafeEqual } from 'node:crypto';
import { concat } from '../bytes.js';

// The one module that a browser build replaces by WebCrypto: hence promises where node:crypto would not need them.
// Keys go in as KeyObjects: node:crypto needs three to five times as long when it is given their bytes. And a key of 64 bytes is
// derived in less time than a thread needs to be told to.

export const TAG_LENGTH = 16;
export const NONCE_LENGTH = 12;
export const KEY_LENGTH = 32;

/** Where randomness comes from; a parameter only so that published vectors can be reproduced. */
export type RandomSource = (length: number) => Uint8Array;

export const systemRandom: RandomSource = (length) => randomFillSync(new Uint8Array(length));

export interface GcmInput {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes, never used twice with one key. */
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
}

/** AES-256-GCM (NIST SP 800-38D): ciphertext followed by its 16-byte tag. Throws a RangeError on other key or nonce lengths. */
export function aesGcmSeal(input: GcmInput, plaintext: Uint8Array): Promise<Uint8Array> {
  requireLengths(input);
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(input.key), input.nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(input.aad);
  const body = cipher.update(plaintext);
  return Promise.resolve(concat(body, cipher.final(), cipher.getAuthTag()));
}

/** The plaintext, or undefined when anything at all is wrong: callers turn that into their one refusal. */
export function aesGcmOpen(input: GcmInput, sealed: Uint8Array): Promise<Uint8Array | undefined> {
  if (!hasLengths(input) || sealed.length < TAG_LENGTH) return Promise.resolve(undefined);
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(input.key), input.nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(input.aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_LENGTH));
  try {
    const body = decipher.update(sealed.subarray(0, sealed.length - TAG_LENGTH));
    return Promise.resolve(concat(body, decipher.final()));
  } catch {
    return Promise.resolve(undefined);
  }
}

function hasLengths({ key, nonce }: GcmInput): boolean {
  return key.length === KEY_LENGTH && nonce.length === NONCE_LENGTH;
}

function requireLengths(input: GcmInput): void {
  if (!hasLengths(input)) throw new RangeError('AES-256-GCM takes a key of 32 bytes and a nonce of 12');
}

export interface HkdfInput {
  readonly ikm: Uint8Array;
  readonly salt: Uint8Array;
  readonly info: Uint8Array;
}

/** HKDF-SHA256 (RFC 5869). Rejects with a RangeError for more than 255 hash blocks. */
export async function hkdfSha256(input: HkdfInput, length: number): Promise<Uint8Array> {
  return new Uint8Array(hkdfSync('sha256', createSecretKey(input.ikm), input.salt, input.info, length));
}

export function hmacSha256(key: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(new Uint8Array(createHmac('sha256', createSecretKey(key)).update(message).digest()));
}

export function sha256(message: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(new Uint8Array(hash('sha256', message, 'buffer')));
}

/** A SHA-256 that is fed piece by piece. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

export function runningSha256(): RunningHash {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => new Uint8Array(hash.digest()) };
}

/** Compares in a time that depends on the lengths only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
