import { spawn, spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

export interface ChildServer {
  readonly command: string;
  readonly args: readonly string[];
  /** Removed when the server has stopped. */
  readonly folder: string;
  readonly asUser?: UnixUser | undefined;
  readonly stopSignal?: 'INT' | 'TERM';
}

export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Starts a server that lives exactly as long as this process: a shell holds it and waits on a pipe from us, so that
 * it stops and its folder is removed even when this process is killed. Neither handle keeps the event loop alive.
 */
export function startChildServer(server: ChildServer): void {
  const script = [
    '"$@" >"$FOLDER/server.log" 2>&1 &',
    'pid=$!',
    'echo $pid >"$FOLDER/pid.new" && mv "$FOLDER/pid.new" "$FOLDER/pid"',
    'cat >/dev/null',
    'kill -$STOP $pid 2>/dev/null',
    'wait $pid',
    'rm -rf "$FOLDER"',
  ].join('\n');
  const child = spawn('/bin/sh', ['-c', script, 'sh', server.command, ...server.args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', FOLDER: server.folder, STOP: server.stopSignal ?? 'TERM' },
    ...server.asUser,
  });
  child.unref();
  const pipe: unknown = child.stdin;
  if (hasUnref(pipe)) pipe.unref();
}

function hasUnref(value: unknown): value is { unref(): void } {
  return typeof value === 'object' && value !== null && 'unref' in value && typeof value.unref === 'function';
}

/** The user that PostgreSQL runs as when we are root (it refuses root), made when missing; nothing for others. */
export function postgresUser(): UnixUser | undefined {
  if (userInfo().uid !== 0) return undefined;
  if (idOf('-u') === undefined) {
    spawnSync('/usr/sbin/groupadd', ['postgres']);
    spawnSync('/usr/sbin/useradd', ['-g', 'postgres', 'postgres']);
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === undefined || gid === undefined) throw new Error('PostgreSQL refuses to run as root and no user postgres could be made');
  return { uid, gid };
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const asked = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return asked.status === 0 ? Number(asked.stdout.trim()) : undefined;
}
