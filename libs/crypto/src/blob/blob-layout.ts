import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { TAG_LENGTH } from '../primitives/primitives.js';

/** Plaintext bytes per chunk; every chunk but the last is full. */
export const BLOB_CHUNK = 64 * 1024;
/** Ciphertext bytes per full chunk. */
export const BLOB_SEALED_CHUNK = BLOB_CHUNK + TAG_LENGTH;

/** What a blob's header envelope holds. */
export interface BlobInfo {
  /** Plaintext bytes. */
  readonly size: number;
  readonly mime: string;
  /** SHA-256 of the whole plaintext, base64url. */
  readonly plainSha256: string;
  /** 7 bytes, base64url. */
  readonly prefix: string;
}

export function chunkCount(size: number): number {
  return Math.max(1, Math.ceil(size / BLOB_CHUNK));
}

/** Bytes that a blob of `size` plaintext bytes takes in storage. */
export function sealedBlobSize(size: number): number {
  return size + chunkCount(size) * TAG_LENGTH;
}

/** STREAM (Hoang et al., "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015): prefix, index, last flag. */
export function chunkNonce(prefix: Uint8Array, index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  nonce.set(prefix);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

export function writeBlobInfo(info: BlobInfo): Uint8Array {
  return utf8(JSON.stringify({ chunk: BLOB_CHUNK, size: info.size, plainSha256: info.plainSha256, mime: info.mime, prefix: info.prefix }));
}

/** The header's content; SealRefused unless it is exactly what {@link writeBlobInfo} writes. */
export function readBlobInfo(bytes: Uint8Array): BlobInfo {
  const value = parse(bytes);
  const { chunk, size, plainSha256, mime, prefix } = value;
  const sized = chunk === BLOB_CHUNK && typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
  if (!sized || typeof mime !== 'string' || !isBytes(plainSha256, 32) || !isBytes(prefix, 7)) throw new SealRefused();
  const info = { size, mime, plainSha256, prefix };
  if (toBase64Url(writeBlobInfo(info)) !== toBase64Url(bytes)) throw new SealRefused();
  return info;
}

interface RawInfo {
  readonly chunk?: unknown;
  readonly size?: unknown;
  readonly plainSha256?: unknown;
  readonly mime?: unknown;
  readonly prefix?: unknown;
}

function parse(bytes: Uint8Array): RawInfo {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // refused below
  }
  throw new SealRefused();
}

function isBytes(value: unknown, length: number): value is string {
  return typeof value === 'string' && fromBase64Url(value)?.length === length;
}
