import { isUuid } from '@selfos/kernel';
import { FeedbackCursorInvalid } from './feedback.errors.js';
import type { Feedback } from './feedback.js';

/** The place in a list, newest first, behind one feedback. */
export type Place = Pick<Feedback, 'createdAt' | 'id'>;

export function toCursor({ createdAt, id }: Place): string {
  return Buffer.from(`${String(createdAt.getTime())}/${id}`).toString('base64url');
}

/** Throws FeedbackCursorInvalid for anything that `toCursor` did not make. */
export function fromCursor(cursor: string): Place {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('/');
  if (!/^\d{1,15}$/.test(time) || !isUuid(id)) {
    throw new FeedbackCursorInvalid({ issues: [{ pointer: '/query/cursor', detail: 'Take next_cursor from the page before, unchanged.' }] });
  }
  return { createdAt: new Date(Number(time)), id };
}
