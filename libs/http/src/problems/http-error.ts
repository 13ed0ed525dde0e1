import { DomainError, defineError, type DomainErrorClass, type ErrorKind } from '@selfos/kernel';

/** What the transport adds to an error's identity: its own status, and the short text clients of the first hour look for. */
export interface HttpFace {
  readonly status: number;
  readonly error?: string;
}

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-many': 429,
  unavailable: 503,
};

const TEXT_OF_KIND: Partial<Record<ErrorKind, string>> = {
  invalid: 'Invalid input',
  unauthenticated: 'Unauthenticated',
  forbidden: 'Forbidden',
  'too-many': 'Rate limit exceeded',
};

/** A class of errors that belongs to HTTP itself and whose status is not the one of its kind. */
export interface HttpErrorClass extends DomainErrorClass {
  readonly face: HttpFace;
}

/** Like `defineError`, with a status and a short text of its own. */
export function defineHttpError(identity: { readonly code: string; readonly kind: ErrorKind; readonly title: string }, face: HttpFace): HttpErrorClass {
  return class extends defineError(identity.code, identity.kind, identity.title) {
    static readonly face = face;
  };
}

/** A domain error of kind conflict whose code ends so says that `If-Match` did not match: 412 instead of 409 (RFC 9110 §15.5.13). */
const VERSION_MISMATCH = /\.version-mismatch$/;

/** The status and short text under which an error is answered. */
export function faceOf(error: DomainError): HttpFace {
  const own: unknown = 'face' in error ? error.face : Reflect.get(error.constructor, 'face');
  if (isFace(own)) return own;
  if (error.kind === 'conflict' && VERSION_MISMATCH.test(error.code)) return { status: 412 };
  const text = TEXT_OF_KIND[error.kind];
  return { status: STATUS_OF_KIND[error.kind], ...(text === undefined ? {} : { error: text }) };
}

/** The kind that a remote answer's status stands for; the opposite direction of `faceOf`. */
export function kindOfStatus(status: number): ErrorKind {
  if (status === 412) return 'conflict';
  const known = Object.entries(STATUS_OF_KIND).find(([, mapped]) => mapped === status)?.[0];
  if (known !== undefined) return known as ErrorKind;
  return status >= 500 ? 'unavailable' : 'invalid';
}

function isFace(value: unknown): value is HttpFace {
  return typeof value === 'object' && value !== null && 'status' in value && typeof value.status === 'number';
}
