import type { Environment } from '@selfos/config';
import { OperationFailure } from './operation-failure.js';

export interface Invocation {
  /** What follows the command's name. */
  readonly words: readonly string[];
  readonly env: Environment;
  /** Writes one line to the terminal. */
  readonly tell: (line: string) => void;
}

/** Runs one command to its end and leaves the process with its exit code; a foreseen failure is one line on stderr. */
export async function runOperation(operation: (invocation: Invocation) => Promise<void>): Promise<never> {
  // Whoever reads us through a pipe may have seen enough.
  process.stdout.on('error', () => process.exit(0));
  try {
    await operation({ words: process.argv.slice(2), env: process.env, tell: (line) => process.stdout.write(`${line}\n`) });
  } catch (error) {
    if (!(error instanceof OperationFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(error.exitCode);
  }
  return process.exit(0);
}
