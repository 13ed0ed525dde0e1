import { defineError, isUuid, type Uuid } from '@selfos/kernel';

export class CursorInvalid extends defineError('backend.cursor.invalid', 'invalid', 'This page cursor was not given by this service') {}

/** The last item of a page: the next page goes on behind it. `at` is an instant or a local date. */
export interface Position {
  readonly at: string;
  readonly id: Uuid;
}

export function toCursor({ at, id }: Position): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** Throws CursorInvalid for anything that `toCursor` did not make. */
export function fromCursor(cursor: string): Position {
  const [at = '', id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!/^(?!0000)\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(at) || Number.isNaN(Date.parse(at)) || !isUuid(id) || rest.length > 0) throw new CursorInvalid();
  return { at, id };
}

/** Cuts a page out of `limit + 1` items in order, and says where the next one begins. */
export function pageOf<T>(items: readonly T[], limit: number, positionOf: (item: T) => Position): { items: T[]; next_cursor: string | null } {
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next_cursor: items.length > limit && last !== undefined ? toCursor(positionOf(last)) : null };
}
