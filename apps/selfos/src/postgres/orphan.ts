import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, isAlive, waitUntilGone } from '../data-folder/processes.js';
import { StartFailure } from '../start-failure.js';

const PATIENCE_MS = 20_000;

/**
 * Stops the PostgreSQL that a killed SelfOS left behind on this data folder. To be called by the holder of the instance
 * lock only: then whoever runs on the folder is an orphan. Resolves to true when there was one.
 */
export async function stopOrphan(dataFolder: string): Promise<boolean> {
  const pid = readPid(dataFolder);
  if (pid === undefined) return false;
  if (!isAlive(pid) || !commandLine(pid).includes(dataFolder)) {
    rmSync(join(dataFolder, 'postmaster.pid'), { force: true }); // its process is gone, or the number is somebody else's by now
    return false;
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal); // fast shutdown, then immediate; the log recovers either way
    if (await waitUntilGone(pid, PATIENCE_MS)) return true;
  }
  throw new StartFailure('database-failed', `A PostgreSQL of an earlier run (process ${pid}) does not stop; end it and start again.`);
}

/** The first line of postmaster.pid is the server's process number. */
function readPid(dataFolder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
