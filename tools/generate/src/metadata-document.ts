import { events, placesOf, routes, type Contract, type EventDefinition, type Place, type Route } from '@selfos/contracts';
import { carries } from './events-document.ts';
import { GENERATED, table } from './table.ts';

/** docs/metadata.md: what an operator can read without any key, field by field, and why each text is not sealed. */
export function metadataDocument(): string {
  const bodies = Object.values<Route>(routes).flatMap((route) => [...bodyRows(route, 'body'), ...bodyRows(route, 'response')]);
  const carried = Object.values<EventDefinition>(events).flatMap((event) => rowsOf(`event ${event.type}`, event.data));
  const reasons = [...new Set([...bodies, ...carried].map((row) => row.clear).filter((reason) => reason !== undefined))].sort();
  const intro = [
    'Words and media are sealed under keys of the person; structure is clear, so that databases can filter, remind and count.',
    'This is the whole list: whatever is not named here as clear travels and lies as ciphertext behind the edge.',
  ].join(' ');
  const list = reasons.map((reason) => `- ${reason}`).join('\n');
  const perBody = groups([...bodies, ...carried]).map(([name, rows]) => [name, rows.filter((row) => row.sealed).map((row) => `\`${row.path}\``).join(', ') || '–', rows.filter((row) => !row.sealed).map((row) => `\`${row.path}\``).join(', ') || '–']);
  return `${GENERATED}\n\n# Metadata: what is not sealed\n\n${intro}\n\n## Texts that are clear, and what they are\n\n${list}\n\n## Field by field\n\n${table(['Body', 'Sealed', 'Clear'], perBody)}\n`;
}

interface Row {
  readonly body: string;
  readonly path: string;
  readonly sealed: boolean;
  readonly clear: string | undefined;
}

function bodyRows(route: Route, which: 'body' | 'response'): Row[] {
  const contract = route[which];
  return contract === undefined ? [] : rowsOf(`${route.method} ${route.path} ${which === 'body' ? 'request' : 'answer'}`, contract);
}

function rowsOf(body: string, contract: Contract): Row[] {
  const rows = placesOf(contract.plain).map((place) => rowOf(body, place));
  return rows.filter((row, index) => rows.findIndex((other) => other.path === row.path) === index);
}

function rowOf(body: string, place: Place): Row {
  const kind = place.mark?.kind;
  return { body, path: place.path || '(whole)', sealed: kind === 'sealed' || kind === 'copy', clear: kind === 'clear' ? carries(place).replace('clear: ', '') : undefined };
}

function groups(rows: readonly Row[]): [string, Row[]][] {
  return [...Map.groupBy(rows, (row) => row.body)];
}
