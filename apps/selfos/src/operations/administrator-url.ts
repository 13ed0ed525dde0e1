import type { Environment } from '@selfos/config';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderPath } from '../data-folder/data-folder.js';
import { isAlive } from '../data-folder/processes.js';
import { OperationFailure } from './operation-failure.js';

/** Lines of postmaster.pid (PostgreSQL, "miscadmin.h"): the server's process, and its port. */
const PID_LINE = 0;
const PORT_LINE = 3;

/**
 * Administrator's URL of the PostgreSQL that SelfOS uses: DATABASE_URL when it is set, as `npm start` has it; else that of the SelfOS
 * that runs on the data folder. Starts nothing and writes nothing.
 * @throws OperationFailure `unavailable` when there is neither
 */
export function administratorUrl(env: Environment): string {
  const given = env['DATABASE_URL'];
  if (given) return given;
  const home = dataFolderPath(env['SELFOS_HOME']);
  const port = runningPort(join(home, 'postgres'));
  const password = textOf(join(home, 'postgres.password'));
  if (port === undefined || password === undefined) {
    throw new OperationFailure('unavailable', `No SelfOS is running on ${home}. Start it (npm start), or set SELFOS_HOME to its data folder or DATABASE_URL to the PostgreSQL of a cluster.`);
  }
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}

function runningPort(data: string): number | undefined {
  const lines = textOf(join(data, 'postmaster.pid'))?.split('\n') ?? [];
  const [pid, port] = [Number(lines[PID_LINE]), Number(lines[PORT_LINE])];
  return pid > 0 && port > 0 && isAlive(pid) ? port : undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
