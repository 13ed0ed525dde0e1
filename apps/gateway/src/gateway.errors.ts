import { defineError } from '@selfos/kernel';
import { defineHttpError } from '@selfos/http';

/** The policy is `required` and a field that must be sealed came in the clear. */
export class SealedRequired extends defineHttpError(
  { code: 'gateway.body.sealed-required', kind: 'invalid', title: 'This server takes sealed content only' },
  { status: 422, error: 'sealed_required' },
) {}
export class RangeNotSatisfiable extends defineHttpError(
  { code: 'gateway.file.range-not-satisfiable', kind: 'invalid', title: 'The file has no such range' },
  { status: 416 },
) {}
export class LinkNotValid extends defineError('gateway.file.link-not-valid', 'unauthenticated', 'This link is not valid, or no longer') {}
export class FileNotOpenable extends defineError('gateway.file.not-openable', 'unavailable', 'The file cannot be opened at present') {}
export class TooManyLiveAnswers extends defineError('gateway.stream.too-many', 'too-many', 'You have too many live answers open') {}
export class TooManySignIns extends defineError('gateway.sign-in.too-many', 'too-many', 'Too many tries; wait a little') {}
export class KeySpent extends defineError('gateway.idempotency.key-spent', 'conflict', 'This Idempotency-Key has made something before; its answer is kept no longer') {}
