import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from './child-server.js';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';
import { makeCluster, serveCluster, type PostgresVersion } from './postgres.js';
import { findProgram } from './programs.js';
import { pingRedis } from './redis.js';

/** A server of the test's own that dies by SIGKILL and comes back on the same port. */
export interface RestartableServer {
  readonly url: string;
  readonly port: number;
  kill(): void;
  /** Starts it again after {@link kill}; resolves when it answers. */
  start(): Promise<void>;
  /** Kills it and starts it again. */
  restart(): Promise<void>;
}

/** A Redis that can also lose all it had. */
export interface RestartableRedis extends RestartableServer {
  /** Between {@link RestartableServer.kill} and start: nothing of what it kept is left. */
  forget(): void;
}

/**
 * A Redis; `kept` says what a restart leaves: `all` (append-only file, written before the answer), `a second ago` (the usual
 * `everysec`: what was acknowledged last may be lost), `nothing`.
 */
export async function startRestartableRedis(kept: 'all' | 'a second ago' | 'nothing' = 'nothing'): Promise<RestartableRedis> {
  const command = findProgram('redis-server');
  if (command === undefined) throw new Error('redis-server is not on PATH; tools/provision installs it');
  const folder = mkdtempSync(join(tmpdir(), 'selfos-test-redis-'));
  const port = await freePort();
  const file = kept === 'nothing' ? ['--appendonly', 'no'] : ['--appendonly', 'yes', '--appendfsync', kept === 'all' ? 'always' : 'everysec'];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...file];
  const url = `redis://127.0.0.1:${port}`;
  const server = await restartable({ url, port, folder }, async () => {
    await eventually(() => isRefused(port)); // one that was killed a moment ago may hold the port
    startChildServer({ command, args, folder });
    await eventually(() => pingRedis(url), { timeoutMs: 15_000 });
  });
  return { ...server, forget: () => rmSync(join(folder, 'appendonlydir'), { recursive: true, force: true }) };
}

/** A PostgreSQL that keeps every commit through a SIGKILL of its processes (not through a power cut: it does not fsync). */
export async function restartablePostgres(version: PostgresVersion = 'embedded'): Promise<RestartableServer> {
  const folder = mkdtempSync(join(tmpdir(), 'selfos-test-pg-'));
  const cluster = makeCluster(version, folder);
  const port = await freePort();
  const settings = ['fsync=off', 'max_connections=200', 'unix_socket_directories=', 'restart_after_crash=off'];
  const url = `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
  return restartable({ url, port, folder }, () => startStubbornly(() => serveCluster(cluster, port, settings)));
}

/** Resolves when nobody listens on the port, and rejects when somebody does. */
function isRefused(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve());
    socket.once('connect', () => {
      socket.destroy();
      reject(new Error(`Port ${port} is taken`));
    });
  });
}

/** Right after a SIGKILL the old processes may still hold the shared memory; the start is then refused. */
async function startStubbornly(start: () => Promise<unknown>): Promise<void> {
  for (let left = 5; ; left -= 1) {
    try {
      await start();
      return;
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function restartable(where: { url: string; port: number; folder: string }, start: () => Promise<void>): Promise<RestartableServer> {
  await start();
  const kill = () => {
    try {
      const pid = Number(readFileSync(join(where.folder, 'pid'), 'utf8'));
      // an empty file would be 0, which is everybody in our own process group
      if (Number.isInteger(pid) && pid > 1) process.kill(pid, 'SIGKILL');
    } catch {
      // it is gone already
    }
  };
  return {
    url: where.url,
    port: where.port,
    kill,
    start,
    restart: async () => {
      kill();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await start();
    },
  };
}
