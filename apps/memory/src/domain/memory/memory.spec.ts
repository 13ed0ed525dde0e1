import { describe, expect, it } from '@jest/globals';
import { isUuid, uuidv7 } from '@selfos/kernel';
import { aDraft } from '../../../test/builders.js';
import { fromCursor, toCursor } from './cursor.js';
import { CursorInvalid } from './memory.errors.js';
import { isLive, record, supersede } from './memory.js';

const MONDAY = new Date('2026-03-02T08:00:00Z');
const FRIDAY = new Date('2026-03-06T08:00:00Z');

describe('a memory', () => {
  it('holds from the day it is recorded until a newer one takes its place', () => {
    const memory = record(aDraft({ validFrom: MONDAY }), MONDAY);
    expect(isLive(memory, FRIDAY)).toBe(true);
    const closed = supersede(memory, uuidv7(), FRIDAY);
    expect(isLive(closed, new Date(FRIDAY.getTime() - 1))).toBe(true);
    expect(isLive(closed, FRIDAY)).toBe(false);
    expect(isUuid(closed.supersededBy)).toBe(true);
  });

  it('never ends before it began', () => {
    const memory = record(aDraft({ validFrom: FRIDAY }), MONDAY);
    expect(supersede(memory, uuidv7(), MONDAY).validTo).toEqual(FRIDAY);
  });
});

describe('a cursor', () => {
  it('comes back as the position it was made from', () => {
    const position = { createdAt: MONDAY, id: uuidv7() };
    expect(fromCursor(toCursor(position))).toEqual(position);
  });

  it.each(['', 'x', Buffer.from('1 2').toString('base64url')])('of somebody else is refused: %s', (cursor) => {
    expect(() => fromCursor(cursor)).toThrow(CursorInvalid);
  });
});
