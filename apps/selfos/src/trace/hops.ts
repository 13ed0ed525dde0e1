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

/** Fetching a key depends on what is still in a cache, so it is no part of the path. */
const FETCHES_KEY = /\/internal\/keys\//;

/** For a document: the same tree without times, with each step of a level once, calls in their order and events by name: it changes only when the path does. */
export function hopList(hops: readonly Hop[]): string[] {
  return linesOf(treeOf(hops.filter((hop) => !FETCHES_KEY.test(hop.name))), '');
}

interface Branch {
  readonly line: string;
  readonly isEvent: boolean;
  readonly below: Branch[];
}

function treeOf(hops: readonly Hop[]): Branch[] {
  const root: Branch[] = [];
  const path: Branch[][] = [root];
  for (const hop of hops) {
    path.length = hop.depth + 1;
    const level = path[hop.depth] ?? root;
    const line = `**${hop.service}** ${hop.name}`;
    let branch = level.find((known) => known.line === line);
    if (branch === undefined) level.push((branch = { line, isEvent: hop.name.startsWith('event '), below: [] }));
    path.push(branch.below);
  }
  return root;
}

function linesOf(branches: readonly Branch[], indent: string): string[] {
  const calls = branches.filter((branch) => !branch.isEvent);
  const events = branches.filter((branch) => branch.isEvent).toSorted((a, b) => a.line.localeCompare(b.line, 'en'));
  return [...calls, ...events].flatMap((branch) => [`${indent}- ${branch.line}`, ...linesOf(branch.below, `${indent}  `)]);
}
