/** A lower-case RFC 9562 UUID of any version. */
export type Uuid = string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const DASH_BEFORE: readonly number[] = [4, 6, 8, 10];

export function isUuid(value: unknown): value is Uuid {
  return typeof value === 'string' && UUID.test(value);
}

/**
 * A new time-ordered UUID (RFC 9562 version 7). `nowMs` is real time unless the caller wants another order; throws RangeError for what is no
 * time of the years 1970 to 10889.
 */
export function uuidv7(nowMs: number = Date.now()): Uuid {
  if (!(nowMs >= 0 && nowMs < 2 ** 48)) throw new RangeError('A UUID of version 7 needs a time');
  // the random part and the variant of a version 4, which runtimes draw many at a time
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

/** The first 16 bytes as a UUID of version 8 (RFC 9562 §5.8); the version and variant bits are overwritten. */
export function uuidv8(bytes: Uint8Array): Uuid {
  const b = Uint8Array.from(bytes.subarray(0, 16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x80;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let i = 0; i < b.length; i += 1) text += (DASH_BEFORE.includes(i) ? '-' : '') + (HEX[b[i] ?? 0] ?? '');
  return text;
}
