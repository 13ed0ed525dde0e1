import { createHash } from 'node:crypto';
import type { JsonValue } from './json.js';

/** Lower-case hex SHA-256 of a step's input; the order of an object's keys does not matter. */
export function inputHash(input: JsonValue): string {
  return createHash('sha256').update(canonical(input)).digest('hex');
}

function canonical(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
