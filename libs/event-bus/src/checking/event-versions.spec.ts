import { describe, expect, it } from '@jest/globals';
import { contract, event, type EventDefinition } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { z } from 'zod';
import { EventRejected } from '../event-bus.errors.js';
import { checkedEvent } from './checked-event.js';

/** One type that lived through two breaking changes, and in its third version got an optional addition. */
const paused = event({
  type: 'task.paused',
  version: 3,
  publisher: 'backend',
  summary: 'A task rests',
  data: contract(z.object({ id: z.uuid(), until: z.iso.date().nullable(), minutes: z.int(), reason: z.enum(['ill', 'away']).optional() })),
  earlier: [
    { from: 1, upcast: ({ days: _days, ...rest }) => ({ ...rest, until: null, hours: 0 }) },
    { from: 2, upcast: ({ hours, ...rest }) => ({ ...rest, minutes: Number(hours) * 60 }) },
  ],
});
const definitions = (type: string): EventDefinition | undefined => (type === paused.type ? paused : undefined);

function stored(dataversion: number, data: Record<string, unknown>): Record<string, unknown> {
  const id = uuidv7();
  return {
    specversion: '1.0', id, source: '/backend', type: paused.type, time: '2026-01-05T07:00:00.000Z', datacontenttype: 'application/json',
    userid: id, aggregateid: id, seq: 1, dataversion, data,
  };
}

describe('events of older versions', () => {
  const id = uuidv7();

  it.each([
    [1, { id, days: 3 }, { id, until: null, minutes: 0 }],
    [2, { id, until: '2026-02-01', hours: 2 }, { id, until: '2026-02-01', minutes: 120 }],
    [3, { id, until: null, minutes: 5 }, { id, until: null, minutes: 5 }],
    [3, { id, until: null, minutes: 5, reason: 'ill' }, { id, until: null, minutes: 5, reason: 'ill' }],
  ])('come to the handler in the shape of today: version %d', (version, data, today) => {
    expect(checkedEvent(stored(version, data), definitions)).toMatchObject({ dataversion: 3, data: today });
  });

  it.each([[0], [4], [99]])('are refused when the catalogue never knew version %d', (version) => {
    expect(() => checkedEvent(stored(version, { id, until: null, minutes: 5 }), definitions)).toThrow(EventRejected);
  });

  it('are refused when their data does not fit even after it was brought up', () => {
    expect(() => checkedEvent(stored(2, { id, until: 'someday', hours: 2 }), definitions)).toThrow(EventRejected);
  });
});
