import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@selfos/observability';

/** Lets the framework's warnings and errors into our log; its start-up chatter stays out. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(): void {}

  warn(message: unknown, context?: unknown): void {
    this.logger.warn('the framework warns', { error: asError(message), context });
  }

  error(message: unknown, stack?: unknown, context?: unknown): void {
    this.logger.error('the framework reports an error', { error: asError(message), context: context ?? stack });
  }
}

function asError(message: unknown): Error {
  return message instanceof Error ? message : new Error(String(message));
}
