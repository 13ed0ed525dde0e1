import { spawnSync } from 'node:child_process';

/** A user of this machine by number, in the shape that child processes take. */
export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user that PostgreSQL runs as. PostgreSQL refuses root, so root lends it the user `postgres`, made when missing.
 * Undefined when we are not root: then it runs as ourselves.
 */
export function databaseUser(): UnixUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (idOf('-u') === undefined) {
    spawnSync('groupadd', ['--system', 'postgres']);
    spawnSync('useradd', ['--system', '-g', 'postgres', '-M', 'postgres']);
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === undefined || gid === undefined) return undefined;
  return { uid, gid };
}

/** Whether `user` can enter the folder: every folder above it must let them through. */
export function canEnter(folder: string, user: UnixUser): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const asked = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return asked.status === 0 ? Number(asked.stdout.trim()) : undefined;
}
