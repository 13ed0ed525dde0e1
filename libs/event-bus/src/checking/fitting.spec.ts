import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cloudEventSchema, eventDefinition, events, type EventDefinition } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { z } from 'zod';
import { checkedEvent } from './checked-event.js';
import { fitting } from './fitting.js';

const recorded = JSON.parse(readFileSync(new URL('../../test/recorded-events.json', import.meta.url), 'utf8')) as Record<string, Record<string, Record<string, unknown>>>;
const definitions = Object.values<EventDefinition>(events);
const WRONG: readonly unknown[] = [
  null, undefined, '', 'x', ' ', '0', 'UTC', 'utc', 0, -1, 1.5, 1e21, Number.NaN, true, {}, [], [null], ['health', 'health'], '2026-02-30', '0000-01-01', '2026-11-22T07:00:00.000Z', '2026-11-22T07:00:00+25:00',
  '01900000-0000-7000-8000-00000000000A', '01900000-0000-7000-8000-00000000000a', '01900000-0000-0000-0000-00000000000a', 'a'.repeat(600), 'a b', 'Europe/Paris', '07:00', '7:00', { ['__proto__']: 1 },
];

function today(definition: EventDefinition): Record<string, unknown> {
  const id = uuidv7();
  const data = recorded[definition.type]?.[String(definition.version)];
  return {
    specversion: '1.0', id, source: `/${definition.publisher}`, type: definition.type, time: '2026-11-22T08:30:00.000Z', datacontenttype: 'application/json',
    userid: id, aggregateid: id, seq: 1, dataversion: definition.version, data,
  };
}

/** Every value that differs from this one in one place: something wrong there, nothing, or something more. */
function* spoiled(value: unknown): Generator {
  yield* WRONG;
  if (Array.isArray(value)) {
    yield [...value, ...value];
    for (const [index, member] of value.entries()) for (const wrong of spoiled(member)) yield value.with(index, wrong);
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, more: 1 };
    yield JSON.parse(`{"__proto__": 1, ${JSON.stringify(value).slice(1)}`);
    for (const key of Object.keys(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
      for (const wrong of spoiled((value as Record<string, unknown>)[key])) yield { ...value, [key]: wrong };
    }
  }
}

/** What the quick test takes, parsing takes as it is. */
function contradictions(schema: z.ZodType, good: unknown): unknown[] {
  const fits = fitting(schema);
  return [...spoiled(good)].filter((value) => {
    if (!fits(value)) return false;
    const parsed = schema.safeParse(value);
    return !parsed.success || JSON.stringify(sorted(parsed.data)) !== JSON.stringify(sorted(value));
  });
}

function isTakenAsItIs(event: unknown): boolean {
  try {
    return checkedEvent(event) === event;
  } catch {
    return false;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]));
}

describe('the quick test of an event', () => {
  it.each(definitions.map((definition) => [definition.type, definition] as const))('knows a whole %s without parsing it', (_type, definition) => {
    const event = today(definition);
    expect(checkedEvent(event)).toBe(event);
  });

  it.each(definitions.map((definition) => [definition.type, definition] as const))('takes no whole %s that parsing would refuse or change', (_type, definition) => {
    const parsed = (event: unknown) => checkedEvent(event, (type) => eventDefinition(type));
    for (const event of spoiled(today(definition))) if (isTakenAsItIs(event)) expect(sorted(parsed(event))).toEqual(sorted(event));
  });

  it.each(definitions.map(({ type, data, version }) => [type, data.inner, recorded[type]?.[String(version)]] as const))('takes nothing for %s that parsing would refuse or change', (_type, schema, good) => {
    expect(contradictions(schema, good)).toEqual([]);
  });

  it('takes no envelope that parsing would refuse or change', () => {
    expect(contradictions(cloudEventSchema, today(events.userRegistered))).toEqual([]);
  });

  it.each([
    ['a transformation', z.string().transform((text) => text.length)],
    ['a default', z.object({ a: z.int().default(1) })],
    ['trimming', z.string().trim()],
    ['a coercion', z.coerce.number()],
    ['a loose object', z.looseObject({ a: z.string() })],
    ['a map of its own keys', z.record(z.enum(['a', 'b']), z.int())],
    ['a tuple', z.tuple([z.int(), z.string()])],
    ['a preprocessing', z.preprocess((value) => value ?? 1, z.int())],
    ['a catch', z.int().catch(1)],
    ['an e-mail address', z.email()],
    ['a number format', z.int32()],
    ['an exact length', z.string().length(3)],
    ['multiples', z.number().multipleOf(3)],
  ])('leaves %s to the schema', (_what, schema) => {
    const values = [undefined, null, 1, 3, '1', ' a ', 'abc', 'a@b.ch', { a: 1 }, { a: 'x' }, { a: 1, b: 2 }, {}, [1, 'a'], 3e9, 'x'];
    const fits = fitting(schema);
    for (const value of values) if (fits(value)) expect(schema.parse(value)).toEqual(value);
  });
});
