import { DataSource } from 'typeorm';
import { checkDatabase } from './boot-check.js';
import { CONNECT_MS, DATABASE_TIMES } from './database-limits.js';
import { migrateService, type MigrationClass } from './migrations/migrate-service.js';
import type { ServiceDatabase } from './migrations/service-database.js';
import { quiet } from './quiet.js';

export type RowClass = new () => object;

export interface DatabaseOptions {
  /** The service's short name: `memory`, `ai`, `keys`. */
  readonly name: string;
  /** Administrator's URL of the PostgreSQL server. */
  readonly databaseUrl: string;
  /** TypeORM entities. */
  readonly rows: readonly RowClass[];
  readonly migrations: readonly MigrationClass[];
  /** This service's share of the connections, for both roles together; 6. Those that listen come on top. */
  readonly poolSize?: number;
  /** Connections of all services together, compared with the server's limit; by default this service's own. */
  readonly poolTotal?: number;
  /** How long a statement may go without an answer until its connection counts as lost; 10 s. */
  readonly silenceMs?: number;
}

export interface OpenDatabase {
  readonly address: ServiceDatabase;
  readonly app: DataSource;
  readonly worker: DataSource;
}

const POOL_SIZE = 6;
const WORKER_POOL_SIZE = 2;
/** With fewer, a service would wait for itself. */
const LEAST_APP_POOL = 3;
const LISTENERS = 1;
/** Twice what the server itself allows a statement. */
const SILENCE_MS = 10_000;

/** Migrates, connects as both roles, and checks that the database is safe to use. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const address = await migrateService(options);
  const size = Math.max(LEAST_APP_POOL, (options.poolSize ?? POOL_SIZE) - WORKER_POOL_SIZE);
  const app = source({ url: address.appUrl, rows: options.rows, size, service: options.name, silenceMs: options.silenceMs });
  const worker = source({ url: address.workerUrl, rows: [], size: WORKER_POOL_SIZE, service: options.name, silenceMs: options.silenceMs });
  try {
    await app.initialize();
    await worker.initialize();
    await checkDatabase(app, Math.max(options.poolTotal ?? 0, size + WORKER_POOL_SIZE + LISTENERS));
  } catch (error) {
    await closeDatabase({ address, app, worker });
    throw error;
  }
  return { address, app, worker };
}

export async function closeDatabase(open: OpenDatabase): Promise<void> {
  const sources = [open.app, open.worker].filter((one) => one.isInitialized);
  await Promise.all(sources.map((one) => one.destroy()));
}

interface SourceOptions {
  readonly url: string;
  readonly rows: readonly RowClass[];
  readonly size: number;
  readonly service: string;
  readonly silenceMs: number | undefined;
}

function source(options: SourceOptions): DataSource {
  const { url, rows, size, service } = options;
  return new DataSource({
    type: 'postgres',
    url,
    entities: [...rows],
    poolSize: size,
    connectTimeoutMS: CONNECT_MS,
    installExtensions: false,
    parseInt8: true,
    logger: quiet,
    // a broken idle connection is replaced by the pool; the next query says so if that fails
    poolErrorHandler: () => undefined,
    // the time limits of the server do not reach us through a network that swallows what is sent
    extra: { ...DATABASE_TIMES, query_timeout: options.silenceMs ?? SILENCE_MS, pipeline: true, application_name: `selfos ${service}`, keepAlive: true },
  });
}

