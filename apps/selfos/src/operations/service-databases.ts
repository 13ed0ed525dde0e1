import { serviceDatabase, type ServiceDatabase } from '@selfos/persistence';
import pg from 'pg';
import type { ServicePart } from '../start/service-part.js';
import { OperationFailure } from './operation-failure.js';

/** One database of one service, as a command of the operator reaches it. */
export interface KnownDatabase {
  /** As the manifests call it: `memory`, `ai`, `keys`. */
  readonly name: string;
  /** The service whose manifest names it. */
  readonly service: string;
  readonly address: ServiceDatabase;
}

/**
 * The databases of these services that exist on the server.
 * @throws OperationFailure `unavailable` when the server does not answer
 */
export async function knownDatabases(parts: readonly Pick<ServicePart, 'manifest'>[], administratorUrl: string): Promise<KnownDatabase[]> {
  const named = parts.flatMap(({ manifest }) => manifest.databases.map((name) => ({ name, service: manifest.name })));
  const known = await Promise.all(named.map(async (one) => ({ ...one, address: await serviceDatabase(one.name, administratorUrl) })));
  const present = await databasesOn(known[0]?.address.maintenanceUrl ?? administratorUrl);
  return known.filter(({ address }) => present.has(address.database));
}

async function databasesOn(url: string): Promise<ReadonlySet<string>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'selfos operations' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    return new Set(rows.map(({ datname }) => datname));
  } catch (cause) {
    const { host } = new URL(url);
    throw new OperationFailure('unavailable', `The PostgreSQL at ${host} does not answer.`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
