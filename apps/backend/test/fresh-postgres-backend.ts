import { databaseFor } from '@selfos/testing';
import { PostgresBackend } from './postgres-backend.js';

/** The domain over a database of its own, dropped when it is closed. */
export async function freshPostgresBackend(name: string, version: 'embedded' | '15'): Promise<PostgresBackend> {
  const database = await databaseFor(name, version);
  return PostgresBackend.join(database.url, () => database.drop());
}
