import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { DataFolder } from '../data-folder/data-folder.js';
import { errorCode } from '../data-folder/error-code.js';
import { freePorts } from '../data-folder/ports.js';
import { StartFailure } from '../start-failure.js';
import { findPostgres, type PostgresBinaries } from './binaries.js';
import { stopOrphan } from './orphan.js';

const MAJOR = '18';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'log_min_error_statement=panic', 'timezone=UTC', 'log_timezone=UTC'];

/**
 * PostgreSQL as our child on a free loopback port, with its data in the data folder. It has a process group of its own, so
 * that Ctrl-C in a terminal reaches us only, and we stop it after everything that uses it.
 */
export class EmbeddedPostgres {
  private constructor(
    /** Administrator's URL, database `postgres`. */
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  /** Makes the data on the first start, stops an orphan of a killed run, and resolves when the server answers. */
  static async start(home: DataFolder): Promise<EmbeddedPostgres> {
    const binaries = findPostgres(home);
    const data = join(home.path, 'postgres');
    await stopOrphan(data);
    const password = initialiseOnce(home, binaries);
    const [port = 0] = await freePorts(1);
    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
    const log = join(home.path, 'logs', 'postgres.log');
    const child = launch({ home, binaries, data, port, log });
    const server = new EmbeddedPostgres(url, child);
    await server.untilReady(data, log);
    return server;
  }

  /** Fast shutdown: open transactions end, everything acknowledged is on disk. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGINT');
    const timer = setTimeout(() => this.child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(timer);
  }

  private async untilReady(data: string, log: string): Promise<void> {
    const until = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(this.url))) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) throw corrupt(data, lastWords(log));
      if (Date.now() > until) throw new StartFailure('database-failed', `PostgreSQL did not answer within ${START_TIMEOUT_MS / 1000} s; see ${log}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

interface Launch {
  readonly home: DataFolder;
  readonly binaries: PostgresBinaries;
  readonly data: string;
  readonly port: number;
  readonly log: string;
}

function launch({ home, binaries, data, port, log }: Launch): ChildProcess {
  const output = openSync(log, 'w', 0o600);
  const args = ['-D', data, '-p', String(port), ...SETTINGS.flatMap((one) => ['-c', one])];
  const options = { stdio: ['ignore', output, output] as ['ignore', number, number], detached: true, cwd: data, env: { LC_ALL: 'C', TZ: 'UTC' }, ...home.databaseUser };
  const child = spawn(binaries.postgres, args, options);
  child.on('error', () => undefined); // shows as an exit code in untilReady
  closeSync(output);
  return child;
}

/** Makes the cluster beside its place and moves it there when it is whole. Returns the administrator's password. */
function initialiseOnce(home: DataFolder, binaries: PostgresBinaries): string {
  const data = join(home.path, 'postgres');
  const secret = join(home.path, 'postgres.password');
  if (existsSync(data) && readdirSync(data).length > 0) return existing(data, secret);
  const fresh = join(home.path, 'postgres.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  const passwordFile = join(fresh, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const user = home.databaseUser;
  if (user !== undefined) for (const path of [fresh, passwordFile]) chownSync(path, user.uid, user.gid);
  const target = join(fresh, 'data');
  const flags = ['-D', target, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--lc-messages=C'];
  const made = spawnSync(binaries.initdb, flags, { encoding: 'utf8', cwd: fresh, env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, ...user });
  if (made.status !== 0) throw new StartFailure('database-failed', `PostgreSQL could not make its data in ${home.path}: ${lastLine(made.stderr || String(made.error))}`);
  writeFileSync(secret, password, { mode: 0o600 });
  rmSync(data, { recursive: true, force: true });
  renameSync(target, data);
  rmSync(fresh, { recursive: true, force: true });
  return password;
}

function existing(data: string, secret: string): string {
  if (!existsSync(join(data, 'PG_VERSION')) || !existsSync(join(data, 'global', 'pg_control'))) throw corrupt(data, 'parts of it are missing');
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) throw corrupt(data, `it was made by PostgreSQL ${version}, this is ${MAJOR}`);
  if (!existsSync(secret)) throw corrupt(data, `${secret} is missing`);
  return readFileSync(secret, 'utf8').trim();
}

function corrupt(data: string, reason: string): StartFailure {
  return new StartFailure('data-corrupt', `The data in ${data} cannot be used (${reason}); restore a backup of it, or set SELFOS_HOME to a new folder.`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch (error) {
    if (errorCode(error) === '28P01') {
      throw new StartFailure('data-corrupt', 'PostgreSQL refuses the password kept beside its data; restore both from one backup.', { cause: error });
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function lastWords(log: string): string {
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  const grave = text.split('\n').filter((line) => /FATAL|PANIC|ERROR|could not/.test(line));
  return lastLine(grave.join('\n') || text).replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') || 'the server ended at once';
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
