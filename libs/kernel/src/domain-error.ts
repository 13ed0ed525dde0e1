/** What went wrong, in terms that know no transport. An edge maps each kind to its own status. */
export type ErrorKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'too-many' | 'unavailable';

/** One thing that is wrong with an input: where (JSON pointer, RFC 6901) and what. */
export interface InputIssue {
  readonly pointer: string;
  readonly detail: string;
}

export interface DomainErrorOptions {
  /** Safe to show to anyone: no content, no secrets. */
  readonly detail?: string;
  readonly issues?: readonly InputIssue[];
  readonly cause?: unknown;
}

/**
 * An error with an identity. Subclasses fix `code` (`<component>.<subject>.<problem>`, stable, listed in docs/errors.md),
 * `kind` and `title`; an instance adds a safe `detail`.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  abstract readonly title: string;
  readonly detail: string | undefined;
  readonly issues: readonly InputIssue[];

  constructor(options: DomainErrorOptions = {}) {
    super(options.detail ?? 'domain error', options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.detail = options.detail;
    this.issues = options.issues ?? [];
  }
}

/** A DomainError whose identity is fixed: what a class made by {@link defineError} gives. */
export interface IdentifiedError extends DomainError {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly title: string;
}

/** The static shape of an error class made by {@link defineError}; `docs/errors.md` is generated from it. */
export interface DomainErrorClass {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly title: string;
  new (options?: DomainErrorOptions): IdentifiedError;
}

/**
 * Makes the base of an error class: `class TaskNotFound extends defineError('tasks.task.not-found', 'not-found', 'There is no such task') {}`.
 */
export function defineError(code: string, kind: ErrorKind, title: string): DomainErrorClass {
  return class extends DomainError {
    static readonly code = code;
    static readonly kind = kind;
    static readonly title = title;
    override readonly code = code;
    override readonly kind = kind;
    override readonly title = title;
  };
}
