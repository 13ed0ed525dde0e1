import type { QueryRunner } from 'typeorm';
import { roleNames } from './service-database.js';

export type Privilege = 'select' | 'insert' | 'update' | 'delete';

/** What each of a service's two roles may do with a table. */
export interface Grants {
  readonly app?: readonly Privilege[];
  readonly worker?: readonly Privilege[];
}

/** The person of the current transaction, in SQL: a scalar sub-select is evaluated once per query, '' and NULL are nobody. */
export const CURRENT_USER_ID = "(select nullif(current_setting('app.user_id', true), '')::uuid)";

const ALL: readonly Privilege[] = ['select', 'insert', 'update', 'delete'];

/**
 * Makes a table with a column `user_id uuid not null` a table of people's own rows: whoever asks through the app role
 * sees and writes the rows of the current person only, and no rows without one. The owner is bound as well.
 */
export async function userOwnedTable(runner: QueryRunner, table: string, app: readonly Privilege[] = ALL): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY own_rows ON ${table} USING (user_id = ${CURRENT_USER_ID}) WITH CHECK (user_id = ${CURRENT_USER_ID})`);
  await grantTable(runner, table, { app });
}

/** Grants the roles of the service that is being migrated what they may do with a table; nobody else may anything. */
export async function grantTable(runner: QueryRunner, table: string, grants: Grants): Promise<void> {
  const roles = roleNames(await migratedService(runner));
  for (const role of ['app', 'worker'] as const) {
    const allowed = grants[role] ?? [];
    if (allowed.length > 0) await runner.query(`GRANT ${allowed.join(', ')} ON ${table} TO ${roles[role]}`);
  }
}

/** Lets the worker role see every row of a table that has row-level security: only for tables without a person's content. */
export async function workerSeesAll(runner: QueryRunner, table: string): Promise<void> {
  const { worker } = roleNames(await migratedService(runner));
  await runner.query(`CREATE POLICY worker_rows ON ${table} TO ${worker} USING (true) WITH CHECK (true)`);
}

/** Lets the worker role see and delete those rows of people's table that are over by this condition, and no others. */
export async function workerSweeps(runner: QueryRunner, table: string, over: string): Promise<void> {
  const { worker } = roleNames(await migratedService(runner));
  await runner.query(`CREATE POLICY swept_rows ON ${table} TO ${worker} USING (${over})`);
  await grantTable(runner, table, { worker: ['select', 'delete'] });
}

async function migratedService(runner: QueryRunner): Promise<string> {
  const rows: { service: string }[] = await runner.query("SELECT current_setting('selfos.service') AS service");
  return rows[0]?.service ?? '';
}
