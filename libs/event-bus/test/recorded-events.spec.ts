import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { events, type EventDefinition } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { checkedEvent } from '../src/index.js';

// One event of every type and every version that was ever published. An entry is added with a new version, and never changed: an edit
// of the catalogue that today's handlers could not read an old event with fails here, and needs a new version with an upcaster.
const recorded = JSON.parse(readFileSync(new URL('recorded-events.json', import.meta.url), 'utf8')) as Record<string, Record<string, Record<string, unknown>>>;
const versions = Object.entries(recorded).flatMap(([type, ofType]) => Object.entries(ofType).map(([version, data]) => ({ type, version: Number(version), data })));
const definitions = Object.values<EventDefinition>(events);

describe('events as they were once published', () => {
  it.each(versions)('reach the handlers of today: $type version $version', ({ type, version, data }) => {
    const definition = definitions.find((one) => one.type === type);
    const id = uuidv7();
    const stored = {
      specversion: '1.0', id, source: `/${definition?.publisher ?? ''}`, type, time: '2026-11-22T08:30:00.000Z', datacontenttype: 'application/json',
      userid: id, aggregateid: id, seq: 1, dataversion: version, data,
    };
    expect(checkedEvent(stored).dataversion).toBe(definition?.version);
  });

  it('are recorded for every type and version of the catalogue', () => {
    const wanted = definitions.flatMap(({ type, version }) => Array.from({ length: version }, (_, index) => `${type} ${index + 1}`));
    expect(versions.map(({ type, version }) => `${type} ${version}`).toSorted()).toEqual(wanted.toSorted());
  });
});
