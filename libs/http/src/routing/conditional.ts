import { PreconditionFailed } from '../problems/http.errors.js';
import type { IfMatch } from './input.js';

/** Versions are 32-bit integers in every store. */
const MAX_VERSION = 2_147_483_647;
const STRONG_VERSION = /^"(\d{1,15})"$/;

/** The strong entity tag of a version (RFC 9110 §8.8.3). */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Reads `If-Match`. A tag that we never gave, or a weak one, matches nothing: PreconditionFailed. */
export function parseIfMatch(header: string): IfMatch {
  const text = header.trim();
  if (text === '*') return '*';
  const version = Number(STRONG_VERSION.exec(text)?.[1]);
  if (!(version <= MAX_VERSION)) throw new PreconditionFailed();
  return version;
}

/** The version an answer carries, when it is one row's. */
export function versionOf(answer: unknown): number | undefined {
  const version: unknown = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined;
  return typeof version === 'number' ? version : undefined;
}
