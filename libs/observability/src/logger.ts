import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentContext } from './call-context.js';
import { Pseudonyms } from './pseudonym.js';
import { safeError, safeFields } from './safe-fields.js';
import { sourceLocation } from './source-location.js';

export type LogLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** Fields beside the message: ids, counts, names of states. `error` takes the error itself. */
export type LogFields = Readonly<Record<string, unknown>> & { readonly error?: unknown };

export interface LoggerOptions {
  readonly service: string;
  readonly level?: LogLevel;
  /** Secret of the monthly pseudonyms; the same in every service whose logs are read together. */
  readonly pseudonymSecret?: Uint8Array;
  /** Where lines go; standard output when absent. */
  readonly destination?: DestinationStream;
}

const PINO_LEVEL = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', ERROR: 'error', CRITICAL: 'fatal' } as const satisfies Record<LogLevel, string>;

const SEVERITY: Readonly<Record<string, LogLevel>> = { debug: 'DEBUG', info: 'INFO', warn: 'WARNING', error: 'ERROR', fatal: 'CRITICAL' };

/**
 * Writes one JSON object a line: severity, message, timestamp, source, service, user_id (a monthly pseudonym) and trace_id, with the
 * given fields under them. The message is a constant sentence; words of people, tokens and keys never pass (see `safeFields`).
 */
export class Logger {
  private readonly pino: PinoLogger;
  private readonly pseudonyms: Pseudonyms;

  constructor(options: LoggerOptions) {
    this.pseudonyms = new Pseudonyms(options.pseudonymSecret);
    this.pino = pino(
      { level: PINO_LEVEL[options.level ?? 'INFO'], base: { service: options.service }, timestamp: false, messageKey: 'message', formatters: { level: (label) => ({ severity: SEVERITY[label] ?? 'INFO' }) } },
      options.destination ?? pino.destination({ dest: 1, sync: true }),
    );
  }

  debug(message: string, fields: LogFields = {}): void {
    this.write('DEBUG', { message, fields, below: this.debug });
  }

  info(message: string, fields: LogFields = {}): void {
    this.write('INFO', { message, fields, below: this.info });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.write('WARNING', { message, fields, below: this.warn });
  }

  error(message: string, fields: LogFields = {}): void {
    this.write('ERROR', { message, fields, below: this.error });
  }

  critical(message: string, fields: LogFields = {}): void {
    this.write('CRITICAL', { message, fields, below: this.critical });
  }

  private write(severity: LogLevel, entry: { message: string; fields: LogFields; below: (...args: never[]) => unknown }): void {
    if (!this.pino.isLevelEnabled(PINO_LEVEL[severity])) return;
    const { error, ...fields } = entry.fields;
    const context = currentContext();
    const line = {
      ...safeFields(fields),
      ...(error === undefined ? {} : { error: safeError(error) }),
      ...(context?.userId === undefined ? {} : { user_id: this.pseudonyms.of(context.userId) }),
      ...(context === undefined ? {} : { trace_id: context.traceId }),
      timestamp: new Date().toISOString(),
      source: sourceLocation(entry.below),
    };
    this.pino[PINO_LEVEL[severity]](line, entry.message);
  }
}
