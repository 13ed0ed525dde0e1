import { accessSync, chmodSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { StartFailure } from '../start-failure.js';
import { errorCode } from './error-code.js';
import { canEnter, databaseUser, type UnixUser } from './unix-user.js';

/** Everything that SelfOS keeps on this machine, and why it is there. */
export interface DataFolder {
  readonly path: string;
  /** Why this folder and no other, in a few words for the person. */
  readonly why: string;
  /** Who PostgreSQL runs as; undefined means as ourselves. */
  readonly databaseUser: UnixUser | undefined;
}

const SHARED_FOR_ROOT = '/var/lib/selfos';

/** Chooses and prepares the folder: SELFOS_HOME when given, else ~/.selfos, else (for root behind a closed home) /var/lib/selfos. */
export function openDataFolder(given: string | undefined): DataFolder {
  const user = databaseUser();
  const isRoot = process.getuid?.() === 0;
  if (isRoot && user === undefined) {
    throw new StartFailure('data-folder-unusable', 'PostgreSQL refuses to run as root and no user "postgres" could be made; start SelfOS as an ordinary user.');
  }
  const { path, why } = choose(given, user);
  prepare(path, user);
  return { path, why, databaseUser: user };
}

/** Where it would be, whether or not it is there. */
export function dataFolderPath(given: string | undefined): string {
  return choose(given, databaseUser()).path;
}

function choose(given: string | undefined, user: UnixUser | undefined): { path: string; why: string } {
  if (given) return { path: resolve(given), why: 'SELFOS_HOME' };
  const home = join(homedir(), '.selfos');
  if (user === undefined || canEnter(homedir(), user)) return { path: home, why: 'default' };
  return { path: SHARED_FOR_ROOT, why: `default for root: PostgreSQL's own user cannot enter ${homedir()}` };
}

function prepare(path: string, user: UnixUser | undefined): void {
  try {
    makeFolders(path, user === undefined ? 0o700 : 0o711);
    if (!statSync(path).isDirectory()) throw new Error('it is not a folder');
    if (user !== undefined && (statSync(path).mode & 0o001) === 0) chmodSync(path, statSync(path).mode | 0o011);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    mkdirSync(join(path, 'logs'), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartFailure('data-folder-unusable', `The data folder ${path} cannot be used (${reasonOf(cause)}); set SELFOS_HOME to a folder that you can write.`, { cause });
  }
  if (user !== undefined && !canEnter(path, user)) {
    const closed = firstClosed(path, user);
    throw new StartFailure('data-folder-unusable', `As root, PostgreSQL runs as user postgres, which cannot reach ${path} (${closed} is closed to it); set SELFOS_HOME to a folder outside, such as ${SHARED_FOR_ROOT}.`);
  }
}

// One level at a time: Node's own recursive mkdir never returns on a file system that refuses new folders with ENOENT, as /proc does.
function makeFolders(path: string, mode: number): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolders(dirname(path), 0o755);
  mkdirSync(path, { mode });
}

function firstClosed(path: string, user: UnixUser): string {
  const parents = [path];
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) parents.unshift(parent);
  return parents.find((parent) => existsSync(parent) && !canEnter(parent, user)) ?? path;
}

function reasonOf(cause: unknown): string {
  const code = errorCode(cause);
  const known: Readonly<Record<string, string>> = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'it is a file',
    ENOENT: 'no folder can be made there',
  };
  return known[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
