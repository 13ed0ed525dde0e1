import { DomainError, type ErrorKind } from '@selfos/kernel';

/** A stable name of what went wrong, fit for a column: a domain error's code, or the class. Never the text, which may hold content. */
export function errorClass(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name.slice(0, 100) : 'unknown';
}

const HOPELESS: ReadonlySet<ErrorKind> = new Set<ErrorKind>(['invalid', 'unauthenticated', 'forbidden', 'not-found']);

/** True when trying again cannot help: the input itself is at fault. */
export function isHopeless(error: unknown): boolean {
  return error instanceof DomainError && HOPELESS.has(error.kind);
}

/** Said of connections by the system (errno(3)), and of answers that did not come in time. */
const AWAY_CODES: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** What deep inside caused an error is looked for no deeper than this. */
const DEEPEST = 5;

/** True when something that the job needs is away, and the job itself is not at fault: waiting helps, and counts as no failure. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable' || error.kind === 'too-many';
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return false;
  if (('name' in error && error.name === 'TimeoutError') || ('code' in error && AWAY_CODES.has(String(error.code)))) return true;
  return 'cause' in error && isOutage(error.cause, depth + 1);
}
