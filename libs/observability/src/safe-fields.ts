/** What may stand in a log line or a span beside its constant message. */
export type SafeValue = string | number | boolean | null;

const ID_LIKE = /^[A-Za-z0-9_.:/+*#=,{}-]{0,120}$/;
const JWT_LIKE = /^eyJ[A-Za-z0-9_-]+\./;
/** 40 characters in one run with small and capital letters and digits: a key, a token or a hash of one, not a name. */
const SECRET_LIKE = /(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*\d)(?=[a-z\d_-]*[A-Z])(?=[A-Z\d_-]*[a-z])[A-Za-z0-9_-]{40,}/;
const FORBIDDEN_KEY = /passw|secret|token$|^token|authori|cookie|credential|api_?key|e?mail$|^phone|^address$|prompt|content$|^text$|^title$|^body$|^description$|message$|mood/i;
const REDACTED = '[redacted]';

/**
 * Lets only short, id-like primitives through: a log never carries words, tokens, keys or addresses, whatever a caller passes.
 * Dates become ISO text; objects and arrays become `[redacted]`; undefined disappears.
 */
export function safeFields(fields: Readonly<Record<string, unknown>>): Record<string, SafeValue> {
  const safe: Record<string, SafeValue> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) safe[key] = FORBIDDEN_KEY.test(key) ? REDACTED : safeValue(value);
  }
  return safe;
}

function safeValue(value: unknown): SafeValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  if (typeof value === 'string' && ID_LIKE.test(value) && !JWT_LIKE.test(value) && !SECRET_LIKE.test(value)) return value;
  return REDACTED;
}

/** An error as it may be logged: what kind it is and where it arose. */
export interface SafeError {
  readonly type: string;
  readonly code?: string;
  /** Only of errors that the runtime or a driver words itself; quoted parts, which may repeat input, are cut out. */
  readonly reason?: string;
  readonly at: readonly string[];
  readonly cause?: SafeError;
}

const MAX_FRAMES = 8;
const MAX_CAUSES = 3;

export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, at: [] };
  const code: unknown = 'code' in error ? error.code : undefined;
  const reason = reasonOf(error);
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code).slice(0, 120) } : {}),
    ...(reason === undefined ? {} : { reason }),
    at: framesOf(error),
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: safeError(error.cause, depth + 1) }),
  };
}

const WORDED_BY_MACHINES = /^(?:Error|TypeError|ReferenceError|RangeError|SyntaxError|AggregateError|AssertionError|DatabaseError|error|QueryFailedError|EntityMetadataNotFoundError|UnknownDependenciesException|RuntimeException)$/;

function reasonOf(error: Error): string | undefined {
  const system = 'syscall' in error || 'errno' in error;
  if (!system && !WORDED_BY_MACHINES.test(error.name)) return undefined;
  return error.message.replace(/(["'`“‘]).*(["'`”’])/su, '$1…$2').replaceAll(/\s+/g, ' ').slice(0, 240);
}

function framesOf(error: Error): string[] {
  // The stack repeats the message, whose lines may look like places.
  const stack = error.stack ?? '';
  const said = stack.indexOf(error.message);
  const lines = stack.slice(said === -1 ? 0 : said + error.message.length).split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, MAX_FRAMES).map((line) => line.trim().slice(3));
}
