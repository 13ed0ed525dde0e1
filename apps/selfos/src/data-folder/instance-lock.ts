import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../start-failure.js';
import { errorCode } from './error-code.js';
import { isAlive, processStart } from './processes.js';

/** One SelfOS per data folder. The lock names a process; a lock whose process is gone is taken over. */
export class InstanceLock {
  private constructor(private readonly file: string) {}

  /** @throws StartFailure `already-running` when another living process holds it */
  static acquire(home: string): InstanceLock {
    const file = join(home, 'selfos.lock');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (write(file)) return new InstanceLock(file);
      const holder = read(file);
      if (holder !== undefined && holder.pid !== process.pid && isAlive(holder.pid) && processStart(holder.pid) === holder.started) {
        throw new StartFailure('already-running', `SelfOS is already running on ${home} (process ${holder.pid}); stop it first, or set SELFOS_HOME and PORT for a second one.`);
      }
      rmSync(file, { force: true }); // left behind by a process that was killed
    }
    throw new StartFailure('already-running', `Another SelfOS is starting on ${home} at this very moment; try again.`);
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

function write(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${process.pid} ${processStart(process.pid)}\n`);
    closeSync(handle);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): { pid: number; started: string } | undefined {
  try {
    const [pid = '', started = ''] = readFileSync(file, 'utf8').trim().split(' ');
    return Number.isInteger(Number(pid)) && Number(pid) > 0 ? { pid: Number(pid), started } : undefined;
  } catch {
    return undefined;
  }
}
