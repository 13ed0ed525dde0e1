import { InvalidBlobKey, InvalidBlobRange } from './blob-storage.errors.js';
import type { BlobRange } from './blob-storage.js';

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const MAX_LENGTH = 512;

/** Returns the key when every segment is safe as a file name on any system; throws InvalidBlobKey otherwise. */
export function checkKey(key: string): string {
  if (key.length > MAX_LENGTH || !key.split('/').every((segment) => segment.length <= 200 && SEGMENT.test(segment))) {
    throw new InvalidBlobKey({ detail: 'A key is made of segments of letters, digits, ".", "_" and "-", joined by "/".' });
  }
  return key;
}

/** Like {@link checkKey}; the empty prefix stands for everything, and one trailing slash is allowed. */
export function checkPrefix(prefix: string): string {
  return prefix === '' ? '' : checkKey(prefix.replace(/\/$/, ''));
}

/** Whether the key lies at or under the prefix, whole segments compared. */
export function isUnder(key: string, prefix: string): boolean {
  return prefix === '' || key === prefix || key.startsWith(`${prefix}/`);
}

/** The range in absolute bytes, cut to the blob's size. */
export function resolveRange(range: BlobRange | undefined, size: number): { start: number; end: number } {
  const start = range?.start ?? 0;
  const end = Math.min(range?.end ?? size, size);
  if (!Number.isSafeInteger(start) || start < 0 || start > size || end < start) {
    throw new InvalidBlobRange({ detail: 'The start must lie within the blob and before the end.' });
  }
  return { start, end };
}
