import type { Environment } from '@selfos/config';
import { createHash } from 'node:crypto';
import { Pseudonyms } from '@selfos/observability';

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/** How long ago, or until when, in its largest unit: `3 min`, `12 s`, `0 s`. */
export function span(ms: number): string {
  const unit = UNITS.find((one) => Math.abs(ms) >= one.ms) ?? UNITS[3];
  return `${Math.trunc(ms / unit.ms)} ${unit.name}`;
}

export function age(at: Date): string {
  return `${span(Date.now() - at.getTime())} ago`;
}

/** Rows in columns as wide as their widest cell; the first row is the heading. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

/** Names people as the logs do in the same month, where LOG_PSEUDONYM_KEY is theirs; without it by names that hold for this run. */
export function personTeller(env: Environment): (of: { readonly userId?: string | undefined }) => string {
  const key = env['LOG_PSEUDONYM_KEY'];
  const pseudonyms = new Pseudonyms(key ? createHash('sha256').update(key).digest() : undefined);
  return ({ userId }) => (userId === undefined ? '-' : pseudonyms.of(userId));
}
