import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { asPersistenceError, DatabaseUnavailable } from '../persistence.errors.js';
import { quiet } from '../quiet.js';
import { CreatePlatformTables1763000000000 } from './platform-tables.js';
import { roleNames, serviceDatabase, type ServiceDatabase } from './service-database.js';

export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  /** The service's short name (`memory`, `ai`, `keys`): names its database and roles. */
  readonly name: string;
  /** Administrator's URL of the PostgreSQL server. */
  readonly databaseUrl: string;
  readonly migrations: readonly MigrationClass[];
  /** How long to wait for a server that is still starting; 15 s. */
  readonly waitMs?: number;
}

/** Any number: everyone who migrates takes the same lock, so that two replicas at once do it one after the other. */
const LOCK = 7_305_210_419;

/**
 * Brings a service's database up to date and says how to reach it: makes the database and the two roles when they are
 * missing, then runs the migrations that have not run yet. Safe to run by several replicas at once, quick when nothing is to do.
 */
export async function migrateService(options: MigrateOptions): Promise<ServiceDatabase> {
  const target = await serviceDatabase(options.name, options.databaseUrl);
  await waitForServer(target.maintenanceUrl, options.waitMs ?? 15_000);
  await locked(target.maintenanceUrl, async (client) => {
    await createDatabase(client, target.database);
    await createRole(client, target.appUrl);
    await createRole(client, target.workerUrl);
  });
  await locked(target.adminUrl, async (client) => {
    await closeToStrangers(client, target);
    await runMigrations(target, options.migrations);
  });
  return target;
}

async function waitForServer(url: string, waitMs: number): Promise<void> {
  const end = Date.now() + waitMs;
  for (;;) {
    try {
      return await connected(url, async () => undefined);
    } catch (error) {
      const failure = asPersistenceError(error);
      if (!(failure instanceof DatabaseUnavailable) || Date.now() >= end) throw failure;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'selfos migrate' });
  // what waits for an answer is told; without a listener an idle connection that is lost would end the process
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function locked<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return connected(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return work(client);
  });
}

async function createDatabase(client: pg.Client, database: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`);
}

// Roles belong to the whole server; their password follows the administrator's when that changes.
async function createRole(client: pg.Client, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [username]);
  const verb = found.rowCount === 0 ? 'CREATE ROLE' : 'ALTER ROLE';
  const limits = found.rowCount === 0 ? 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS' : '';
  await client.query(`${verb} ${username} ${limits} PASSWORD '${password}'`);
}

async function closeToStrangers(client: pg.Client, target: ServiceDatabase): Promise<void> {
  const { app, worker } = roleNames(target.service);
  await client.query(`REVOKE ALL ON DATABASE ${target.database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${target.database} TO ${app}, ${worker}`);
  await client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  await client.query(`GRANT USAGE ON SCHEMA public TO ${app}, ${worker}`);
}

async function runMigrations(target: ServiceDatabase, migrations: readonly MigrationClass[]): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url: target.adminUrl,
    migrations: [CreatePlatformTables1763000000000, ...migrations],
    migrationsTransactionMode: 'each',
    installExtensions: false,
    logger: quiet,
    extra: { max: 2, options: `-c selfos.service=${target.service}`, application_name: `selfos migrate ${target.service}` },
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
