import { defineError } from '@selfos/kernel';
import { defineHttpError } from './http-error.js';

export class InvalidRequest extends defineError('http.request.invalid', 'invalid', 'The request is not valid') {}
export class MalformedBody extends defineError('http.body.malformed', 'invalid', 'The body cannot be read') {}
export class NoSuchRoute extends defineError('http.route.not-found', 'not-found', 'There is nothing at this address') {}
export class Unauthenticated extends defineError('http.caller.unauthenticated', 'unauthenticated', 'Sign in first') {}
export class Forbidden extends defineError('http.caller.forbidden', 'forbidden', 'This is not allowed') {}
export class TooManyRequests extends defineError('http.caller.too-many-requests', 'too-many', 'Too many requests; try again later') {}
export class CorsViolation extends defineHttpError(
  { code: 'http.origin.refused', kind: 'forbidden', title: 'This origin may not call the API' },
  { status: 403, error: 'CORS policy violation' },
) {}
export class BodyTooLarge extends defineHttpError({ code: 'http.body.too-large', kind: 'invalid', title: 'The body is too large' }, { status: 413 }) {}
export class UnsupportedMediaType extends defineHttpError(
  { code: 'http.body.unsupported-type', kind: 'invalid', title: 'This content type is not understood here' },
  { status: 415 },
) {}
export class PreconditionRequired extends defineHttpError(
  { code: 'http.precondition.required', kind: 'invalid', title: 'Send If-Match with the version you have read' },
  { status: 428 },
) {}
export class PreconditionFailed extends defineHttpError(
  { code: 'http.precondition.failed', kind: 'conflict', title: 'It has changed since you read it' },
  { status: 412 },
) {}
export class StillRunning extends defineError('http.idempotency.running', 'conflict', 'A request with this Idempotency-Key is still running') {}
export class KeyReused extends defineHttpError(
  { code: 'http.idempotency.key-reused', kind: 'invalid', title: 'This Idempotency-Key was used for another request' },
  { status: 422 },
) {}
export class DeadlineExceeded extends defineHttpError(
  { code: 'http.deadline.exceeded', kind: 'unavailable', title: 'The answer would come too late' },
  { status: 504 },
) {}
export class CallerGone extends defineHttpError({ code: 'http.caller.gone', kind: 'invalid', title: 'The caller has gone' }, { status: 499 }) {}
export class DependencyUnavailable extends defineError('http.dependency.unavailable', 'unavailable', 'A part of the system does not answer') {}
export class Overloaded extends defineError('http.service.overloaded', 'unavailable', 'There is too much to do at present; try again in a moment') {
  /** `retryAfter` is seconds, as the header says it. */
  constructor(readonly retryAfter: string) {
    super();
  }
}
export class NoSignOfLife extends defineError('http.dependency.silent', 'unavailable', 'A part of the system gives no sign of life') {}
export class ShuttingDown extends defineError('http.service.shutting-down', 'unavailable', 'The service is shutting down') {}
