/** Why SelfOS could not start; each reason has an exit code of its own, so that scripts can tell them apart. */
export const EXIT_CODES = {
  usage: 64,
  'bad-configuration': 78,
  'port-busy': 10,
  'data-folder-unusable': 11,
  'already-running': 12,
  'data-corrupt': 13,
  'database-failed': 14,
  'service-failed': 15,
} as const;

export type FailureReason = keyof typeof EXIT_CODES;

/** A start that failed for a reason that a person can act on: the message is one line, the fix included. */
export class StartFailure extends Error {
  readonly exitCode: number;

  constructor(
    readonly reason: FailureReason,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'StartFailure';
    this.exitCode = EXIT_CODES[reason];
  }
}
