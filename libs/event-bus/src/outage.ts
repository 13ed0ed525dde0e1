import { DomainError } from '@selfos/kernel';
import { HandlerTooSlow } from './event-bus.errors.js';

const LOST_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EPIPE',
  'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET',
]);
/** What deep inside caused an error is looked for no deeper than this. */
const DEEPEST = 5;

/**
 * Whether an error says that something the handler needs is away, and nothing of the event: kind `unavailable` or `too-many`, a lost
 * connection, or the deadline of a call. The handler's own deadline is none: every call it makes has a shorter one, so what takes that long
 * may be the event.
 */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST || error instanceof HandlerTooSlow) return false;
  if (error instanceof DomainError) return error.kind === 'unavailable' || error.kind === 'too-many';
  const { name, code, errors, cause }: { name?: unknown; code?: unknown; errors?: unknown; cause?: unknown } = error;
  if (name === 'TimeoutError' || (typeof code === 'string' && LOST_CONNECTION.has(code))) return true;
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => isOutage(one, depth + 1));
  return isOutage(cause, depth + 1);
}
