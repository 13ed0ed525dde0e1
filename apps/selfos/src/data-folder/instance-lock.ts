import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../start-failure.js';
import { errorCode } from './error-code.js';
import { isAlive, processStart, waitUntilGone } from './processes.js';

const ATTEMPTS = 3;
const STOPPING_MS = 40_000;

interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly stopping: boolean;
}

/** One SelfOS per data folder. The lock names a process; a lock whose process is gone is taken over. */
export class InstanceLock {
  private constructor(private readonly file: string) {}

  /**
   * Waits for one that is about to stop.
   * @throws StartFailure `already-running` when another living process holds it and means to
   */
  static async acquire(home: string): Promise<InstanceLock> {
    const file = join(home, 'selfos.lock');
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (write(file)) return new InstanceLock(file);
      const holder = read(file);
      if (holder !== undefined && holds(holder)) await leave(holder, home);
      rmSync(file, { force: true }); // left behind by a process that was killed
    }
    throw new StartFailure('already-running', `Another SelfOS is starting on ${home} at this very moment; try again.`);
  }

  /** Tells whoever wants the folder next that it is worth waiting. */
  announceStop(): void {
    writeFileSync(this.file, `${words()} stopping\n`, { mode: 0o600 });
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

/** A number alone may be somebody else's by now; with its start time it names the process. */
function holds(holder: Holder): boolean {
  return holder.pid !== process.pid && isAlive(holder.pid) && processStart(holder.pid) === holder.started;
}

async function leave(holder: Holder, home: string): Promise<void> {
  if (holder.stopping && (await waitUntilGone(holder.pid, STOPPING_MS))) return;
  throw new StartFailure('already-running', `SelfOS is already running on ${home} (process ${holder.pid}); stop it first, or set SELFOS_HOME and PORT for a second one.`);
}

function write(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${words()}\n`);
    closeSync(handle);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function words(): string {
  return `${process.pid} ${processStart(process.pid)}`;
}

function read(file: string): Holder | undefined {
  try {
    const [pid = '', started = '', state = ''] = readFileSync(file, 'utf8').trim().split(' ');
    return Number.isInteger(Number(pid)) && Number(pid) > 0 ? { pid: Number(pid), started, stopping: state === 'stopping' } : undefined;
  } catch {
    return undefined;
  }
}
