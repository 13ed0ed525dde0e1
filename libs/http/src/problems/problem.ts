import { HttpException } from '@nestjs/common';
import type { Problem } from '@selfos/contracts';
import { DomainError, type InputIssue } from '@selfos/kernel';
import { faceOf } from './http-error.js';
import { BodyTooLarge, InvalidRequest, MalformedBody, NoSuchRoute, UnsupportedMediaType } from './http.errors.js';

export const PROBLEM_TYPE = 'application/problem+json';
const TYPE_BASE = 'https://selfos.dev/problems/';

/** The answer to an unknown failure: it says nothing of the cause, which the log has under the same trace id. */
const UNKNOWN = { status: 500, code: 'http.service.failure', title: 'Something went wrong on our side' } as const;

/** Where and in which trace the problem arose. */
export interface ProblemPlace {
  readonly instance?: string;
  readonly traceId?: string;
}

/** Any thrown value as an RFC 9457 problem. */
export function toProblem(thrown: unknown, place: ProblemPlace): Problem {
  const error = asDomainError(thrown);
  if (error === undefined) return { type: `${TYPE_BASE}${UNKNOWN.code}`, title: UNKNOWN.title, status: UNKNOWN.status, code: UNKNOWN.code, ...place };
  const face = faceOf(error);
  return {
    type: `${TYPE_BASE}${error.code}`,
    title: error.title,
    status: face.status,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...place,
    code: error.code,
    ...(face.error === undefined ? {} : { error: face.error }),
    ...(error.issues.length === 0 ? {} : { errors: error.issues.map(({ pointer, detail }) => ({ pointer, detail })) }),
  };
}

/** The error with an identity behind a thrown value; undefined when there is none and it must be treated as a fault of ours. */
export function asDomainError(thrown: unknown): DomainError | undefined {
  if (thrown instanceof DomainError) return thrown;
  if (thrown instanceof HttpException) return ofStatus(thrown.getStatus(), thrown);
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number') return ofStatus(thrown.statusCode, thrown);
  return undefined;
}

function ofStatus(status: number, cause: Error): DomainError | undefined {
  if (status === 404) return new NoSuchRoute({ cause });
  if (status === 413) return new BodyTooLarge({ cause });
  if (status === 415) return new UnsupportedMediaType({ cause });
  if (status === 400) return new MalformedBody({ cause });
  return status >= 400 && status < 500 ? new InvalidRequest({ cause }) : undefined;
}

/** Refuses a request, naming everything that is wrong with it. */
export function invalidRequest(issues: readonly InputIssue[]): InvalidRequest {
  return new InvalidRequest({ detail: issues.length === 1 ? 'One field is not valid.' : `${issues.length} fields are not valid.`, issues });
}
