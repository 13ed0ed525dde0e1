import { MovableClock } from '@selfos/kernel';
import { currentContext, Logger } from '@selfos/observability';
import { closeDatabase, DatabaseContext, ForwardMigration, openDatabase, TypeormTransaction, userOwnedTable, WorkerDatabase, type OpenDatabase } from '@selfos/persistence';
import type { QueryRunner } from 'typeorm';
import { PostgresWork, PostgresWorkStore, workMigrations, WorkRunner } from '../src/index.js';
import type { WorkHarness } from './work-harness.js';

class CreateEffects1763000000200 extends ForwardMigration {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, text text NOT NULL, user_id uuid NOT NULL)');
    await userOwnedTable(runner, 'effect');
  }
}

export interface PostgresWorkHarness extends WorkHarness {
  readonly open: OpenDatabase;
  readonly database: DatabaseContext;
}

/** A service of its own, named `probe`, in the database at `databaseUrl`. */
export async function postgresHarness(databaseUrl: string): Promise<PostgresWorkHarness> {
  const open = await openDatabase({ name: 'probe', databaseUrl, rows: [], migrations: [...workMigrations, CreateEffects1763000000200] });
  const database = new DatabaseContext();
  const transaction = new TypeormTransaction(open.app, database, () => currentContext()?.userId);
  const store = new PostgresWorkStore(new WorkerDatabase(open.worker, open.address.workerUrl), database);
  const clock = new MovableClock();
  const logger = new Logger({ service: 'spec', level: 'CRITICAL' });
  const work = new PostgresWork(database);
  return {
    open,
    database,
    work,
    store,
    transaction,
    clock,
    runner: (handlers, options) => new WorkRunner({ store, transaction, clock, logger }, handlers, options),
    leaveEffect: async (text) => void (await database.manager().query('INSERT INTO effect (text, user_id) VALUES ($1, $2)', [text, currentContext()?.userId])),
    effects: () => allEffects(open.address.adminUrl),
    close: () => closeDatabase(open),
  };
}

async function allEffects(adminUrl: string): Promise<string[]> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ text: string }>('SELECT text FROM effect ORDER BY n');
    return rows.map((row) => row.text);
  } finally {
    await client.end();
  }
}
