import { problemSchema } from '@selfos/contracts';
import { DomainError, type ErrorKind } from '@selfos/kernel';
import { kindOfStatus, type HttpFace } from '../problems/http-error.js';

const UNBELIEVED = 'http.dependency.refused';

/** Another service's refusal, with its identity kept: answered on, it is the same problem. */
export class RemoteProblem extends DomainError {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly title: string;
  readonly face: HttpFace;
  /** What the service said of when to try again, seconds. */
  readonly retryAfter: string | undefined;

  /** The service itself said so: it lives, whatever it lacks. Anything else came from something in between. */
  get isItsOwn(): boolean {
    return this.code !== UNBELIEVED;
  }

  private constructor(status: number, retryAfter: string | undefined, problem: { code: string; title: string; detail?: string | undefined; error?: string | undefined; errors?: { pointer: string; detail: string }[] | undefined }) {
    super({ ...(problem.detail === undefined ? {} : { detail: problem.detail }), ...(problem.errors === undefined ? {} : { issues: problem.errors }) });
    this.code = problem.code;
    this.kind = kindOfStatus(status);
    this.title = problem.title;
    this.retryAfter = retryAfter;
    this.face = { status, ...(problem.error === undefined ? {} : { error: problem.error }) };
  }

  /** From an answer of 400 or more; a body that is no problem document is not believed. */
  static of(status: number, body: unknown, retryAfter?: unknown): RemoteProblem {
    const parsed = problemSchema.safeParse(body);
    return new RemoteProblem(status, typeof retryAfter === 'string' ? retryAfter : undefined, parsed.success ? parsed.data : { code: UNBELIEVED, title: 'A part of the system refused the call' });
  }
}
