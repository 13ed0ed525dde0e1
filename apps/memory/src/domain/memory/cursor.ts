import { isUuid, type Uuid } from '@selfos/kernel';
import { CursorInvalid } from './memory.errors.js';

/** The last row of a page: the next one goes on behind it. */
export interface Position {
  readonly createdAt: Date;
  readonly id: Uuid;
}

export function toCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url');
}

/** Throws CursorInvalid for anything that `toCursor` did not make. */
export function fromCursor(cursor: string): Position {
  const [time = '', id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!/^\d{1,15}$/.test(time) || !isUuid(id)) throw new CursorInvalid();
  return { createdAt: new Date(Number(time)), id };
}
