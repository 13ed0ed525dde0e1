import { describe, expect, it } from '@jest/globals';
import type { SpanLine } from '@selfos/observability';
import { hopLines, hopList, hopsOf } from './hops.js';

const span = (id: string, changes: Partial<SpanLine> = {}): SpanLine => ({ trace_id: 't', span_id: id, service: 's', name: id, start_ms: 0, duration_ms: 1, ok: true, attributes: {}, ...changes });

describe('the hops of a trace', () => {
  const spans = [
    span('inner', { parent_span_id: 'door', service: 'backend', start_ms: 2 }),
    span('event', { service: 'notify', start_ms: 9 }),
    span('door', { service: 'gateway', start_ms: 1, duration_ms: 5 }),
    span('elsewhere', { trace_id: 'other' }),
    span('first', { parent_span_id: 'door', service: 'auth', start_ms: 1, ok: false }),
  ];

  it('are a tree in the order of time, of that trace alone', () => {
    expect(hopsOf(spans, 't').map((hop) => [hop.depth, hop.service])).toEqual([[0, 'gateway'], [1, 'auth'], [1, 'backend'], [0, 'notify']]);
  });

  it('show what failed and how long each took', () => {
    expect(hopLines(hopsOf(spans, 't'))[1]).toMatch(/^ {2}auth {2}first {2}\(failed\) +1\.0 ms$/);
  });

  it('are the same document for the same path, however often a step repeats and whatever key is fetched', () => {
    const busy = [
      ...spans,
      span('again', { name: 'inner', parent_span_id: 'door', service: 'backend', start_ms: 3 }),
      span('key', { name: 'POST /internal/keys/domain', parent_span_id: 'door', service: 'auth', start_ms: 3 }),
    ];
    expect(hopList(hopsOf(busy, 't'))).toEqual(hopList(hopsOf(spans, 't')));
    expect(hopList(hopsOf(spans, 't'))).toEqual(['- **gateway** door', '  - **auth** first', '  - **backend** inner', '- **notify** event']);
  });

  it('name events in the same order, whoever was first', () => {
    const events = (first: number, second: number): SpanLine[] => [span('b', { name: 'event b', start_ms: first }), span('a', { name: 'event a', start_ms: second })];
    expect(hopList(hopsOf(events(1, 2), 't'))).toEqual(hopList(hopsOf(events(2, 1), 't')));
  });
});
