import { RangeUnsatisfiable } from '../domain/story/story.errors.js';

/** Bytes of a file: `start` included, `end` excluded. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The one range that a `Range` header asks for (RFC 9110, section 14): `bytes=a-b`, `bytes=a-` or `bytes=-n`. Undefined without a header
 * or for any other form, which means the whole file. Throws RangeUnsatisfiable when it lies outside.
 */
export function byteRangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (match === null || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start >= size || end <= start) throw new RangeUnsatisfiable({ detail: `The file has ${size} bytes.` });
  return { start, end };
}
