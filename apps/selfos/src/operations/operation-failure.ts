/** As sysexits.h has them; `failed` is for what was understood and could not be done. */
const EXIT_CODES = { failed: 1, usage: 64, unavailable: 69 } as const;

/** A command that cannot do its work, for a reason that a person can act on: the message is for the terminal. */
export class OperationFailure extends Error {
  readonly exitCode: number;

  constructor(reason: keyof typeof EXIT_CODES, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'OperationFailure';
    this.exitCode = EXIT_CODES[reason];
  }
}
