import type { SpanLine } from '@selfos/observability';

/** One step of a turn: who did what, how deep below what began it. */
export interface Hop {
  readonly depth: number;
  readonly service: string;
  readonly name: string;
  readonly durationMs: number;
  readonly ok: boolean;
}

/** The spans of one trace as a tree in the order of time, depth first. A client's span and its server's are both there. */
export function hopsOf(spans: readonly SpanLine[], traceId: string): Hop[] {
  const own = spans.filter((span) => span.trace_id === traceId);
  const ids = new Set(own.map((span) => span.span_id));
  const children = Map.groupBy(own, (span) => (span.parent_span_id !== undefined && ids.has(span.parent_span_id) ? span.parent_span_id : 'root'));
  const below = (parent: string, depth: number): Hop[] =>
    (children.get(parent) ?? [])
      .toSorted((a, b) => a.start_ms - b.start_ms)
      .flatMap((span) => [{ depth, service: span.service, name: span.name, durationMs: span.duration_ms, ok: span.ok }, ...below(span.span_id, depth + 1)]);
  return below('root', 0);
}

/** For the terminal: indented, with the time that each took. */
export function hopLines(hops: readonly Hop[]): string[] {
  const names = hops.map((hop) => `${'  '.repeat(hop.depth)}${hop.service}  ${hop.name}${hop.ok ? '' : '  (failed)'}`);
  const width = Math.max(...names.map((name) => name.length));
  return hops.map((hop, index) => `${(names[index] ?? '').padEnd(width)}  ${hop.durationMs.toFixed(1).padStart(8)} ms`);
}

/** For a document: the same tree without times, and with repeated siblings once, so that it changes only when the path does. */
export function hopList(hops: readonly Hop[]): string[] {
  const lines = hops.map((hop) => `${'  '.repeat(hop.depth)}- **${hop.service}** ${hop.name}`);
  return lines.filter((line, index) => lines.indexOf(line) === index);
}
