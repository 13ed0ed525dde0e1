/** Where in our sources a log line was written. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

const FRAME = /^\s*at (?:(?:async )?(?:new )?(.+?) \()?(?:file:\/\/)?(\/?.+?):(\d+):\d+\)?$/;
const UNKNOWN: SourceLocation = { file: 'unknown', line: 0, function: 'unknown' };

/** The caller of `below`, read from the stack; the path is cut to what follows `apps/` or `libs/`. */
export function sourceLocation(below: (...args: never[]) => unknown): SourceLocation {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, below);
  Error.stackTraceLimit = limit;
  const match = FRAME.exec((holder.stack ?? '').split('\n')[1] ?? '');
  const [, name, file, line] = match ?? [];
  if (file === undefined) return UNKNOWN;
  return { file: /(?:apps|libs|tools)\/.*$/.exec(file)?.[0] ?? file.split('/').at(-1) ?? file, line: Number(line), function: name ?? 'anonymous' };
}
