import { isEvent, jsonOf, type BusEvent } from '../event-bus.js';

/** One stream entry as a group's consumer has it: up to {@link MOST_PER_ENTRY} events of one type. */
export interface StreamEntry {
  readonly key: string;
  readonly id: string;
  /** How often it was brought to the group, this time included. */
  readonly deliveries: number;
  /** Undefined when what was stored are no events. */
  readonly events: readonly BusEvent[] | undefined;
}

/** What Redis answers: field name, value, field name, value …; null when the entry was deleted. */
export type RawEntry = readonly [id: string, fields: readonly string[] | null];

/** The one field of an entry: its events, as a JSON array. */
export const FIELD = 'events';
/** More in one entry gain little, and are acknowledged only together. */
export const MOST_PER_ENTRY = 64;

export const streamKey = (type: string) => `events:${type}`;
export const deadLetterKey = (type: string) => `events:dlq:${type}`;
export const retryKey = (type: string, group: string) => `events:retry:${type}:${group}`;
export const typeOf = (key: string) => key.slice(streamKey('').length);

/** The fields of the entries that hold these events: for each type in turn, in the order given. */
export function* packed(events: readonly BusEvent[]): Generator<{ readonly key: string; readonly fields: [string, string] }> {
  const byType = Map.groupBy(events, ({ type }) => type);
  for (const [type, ofType] of byType) {
    for (let from = 0; from < ofType.length; from += MOST_PER_ENTRY) {
      yield { key: streamKey(type), fields: [FIELD, `[${ofType.slice(from, from + MOST_PER_ENTRY).map(jsonOf).join(',')}]`] };
    }
  }
}

export function unpacked(key: string, [id, fields]: RawEntry, deliveries: number): StreamEntry {
  return { key, id, deliveries, events: parsed(fieldOf(fields ?? [], FIELD)) };
}

/** The value of a field of an entry. */
export function fieldOf(fields: readonly string[], name: string): string | undefined {
  const index = fields.findIndex((field, position) => position % 2 === 0 && field === name);
  return index < 0 ? undefined : fields[index + 1];
}

function parsed(text: string | undefined): readonly BusEvent[] | undefined {
  try {
    const events: unknown = JSON.parse(text ?? '');
    return Array.isArray(events) && events.every(isEvent) ? events : undefined;
  } catch {
    return undefined;
  }
}
