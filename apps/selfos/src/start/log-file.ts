import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST = 32 * 1024 * 1024;

/** The log of all services of this process, one JSON object a line; the previous one is kept when it has grown large. */
export class LogFile {
  readonly path: string;
  private readonly handle: number;
  private closed = false;

  constructor(home: string) {
    this.path = join(home, 'logs', 'selfos.log');
    if (sizeOf(this.path) > LARGEST) renameSync(this.path, `${this.path}.1`);
    this.handle = openSync(this.path, 'a', 0o600);
  }

  /** Synchronous on purpose: what was logged before a crash is there after it. */
  write(line: string): void {
    if (!this.closed) writeSync(this.handle, line);
  }

  close(): void {
    this.closed = true;
    closeSync(this.handle);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
