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
