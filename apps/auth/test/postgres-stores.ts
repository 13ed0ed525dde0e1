import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileKeyWrap, type KeyWrap } from '@selfos/crypto';
import { currentContext, rootContext, runInContext } from '@selfos/observability';
import { closeDatabase, DatabaseContext, openDatabase, TypeormTransaction, type OpenDatabase } from '@selfos/persistence';
import { databaseFor, type PostgresVersion } from '@selfos/testing';
import { CreateAccounts1763805600000 } from '../src/repositories/migrations/create-accounts.js';
import { ExpireSessions1763809200000 } from '../src/repositories/migrations/expire-sessions.js';
import { CreateKeys1763805600000 } from '../src/repositories/migrations/create-keys.js';
import { TypeormKeyRing } from '../src/repositories/typeorm/typeorm-key-ring.js';
import { TypeormSessionRepository } from '../src/repositories/typeorm/typeorm-session.repository.js';
import { TypeormUserRepository } from '../src/repositories/typeorm/typeorm-user.repository.js';
import { UserRow } from '../src/repositories/typeorm/user.row.js';
import type { Stores } from './repositories.suite.js';

export interface PostgresStores extends Stores {
  readonly accounts: OpenDatabase;
  readonly context: DatabaseContext;
  readonly wrap: KeyWrap;
  keyRingWith(wrap: KeyWrap): TypeormKeyRing;
}

/** Auth's stores on a real PostgreSQL, with both its databases. */
export async function postgresStores(version: PostgresVersion): Promise<PostgresStores> {
  const home = await mkdtemp(join(tmpdir(), 'selfos-auth-'));
  const database = await databaseFor('auth_stores', version);
  const at = { databaseUrl: database.url, poolSize: 3 };
  const accounts = await openDatabase({ ...at, name: 'auth', rows: [UserRow], migrations: [CreateAccounts1763805600000, ExpireSessions1763809200000] });
  const keys = await openDatabase({ ...at, name: 'keys', rows: [], migrations: [CreateKeys1763805600000] });
  const [context, keyContext] = [new DatabaseContext(), new DatabaseContext()];
  const whoever = (): string | undefined => currentContext()?.userId;
  const transaction = new TypeormTransaction(accounts.app, context, whoever);
  const wrap = await FileKeyWrap.open(join(home, 'kek.json'));
  const keyRingWith = (by: KeyWrap): TypeormKeyRing => new TypeormKeyRing(new TypeormTransaction(keys.app, keyContext, whoever), keyContext, by);
  return {
    accounts,
    context,
    users: new TypeormUserRepository(context),
    sessions: new TypeormSessionRepository(context),
    wrap,
    keyRingWith,
    keys: keyRingWith(wrap),
    as: (userId, work) => runInContext(rootContext({ kind: 'system', id: 'spec' }, userId === undefined ? {} : { userId }), () => transaction.run(work)),
    close: async () => {
      await Promise.all([accounts, keys].map(closeDatabase));
      await database.drop();
      await rm(home, { recursive: true });
    },
  };
}
