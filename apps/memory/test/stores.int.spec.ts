import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventPublisher } from '@selfos/event-bus';
import { SystemClock, uuidv7 } from '@selfos/kernel';
import { currentContext, rootContext, runInContext } from '@selfos/observability';
import { closeDatabase, DatabaseContext, InMemoryTransaction, openDatabase, type OpenDatabase, TypeormOutbox, TypeormTransaction } from '@selfos/persistence';
import { databaseFor, type PostgresVersion, requireRealPart, type TestDatabase } from '@selfos/testing';
import { InMemoryVectorIndex } from '../src/adapters/in-memory/in-memory-vector-index.js';
import { InMemoryMemoryRepository } from '../src/repositories/in-memory/in-memory-memory-repository.js';
import { CreateMemories1763805600000 } from '../src/repositories/migrations/1763805600000-create-memories.js';
import { KeepOwners1763892000000 } from '../src/repositories/migrations/1763892000000-keep-owners.js';
import { FollowPlans1764000000001 } from '../src/repositories/migrations/1764000000001-follow-plans.js';
import { EmbeddedVectorIndex } from '../src/repositories/typeorm/embedded-vector-index.js';
import { MemoryOwnerRow } from '../src/repositories/typeorm/memory-owner.row.js';
import { MemoryVectorRow } from '../src/repositories/typeorm/memory-vector.row.js';
import { MemoryRow } from '../src/repositories/typeorm/memory.row.js';
import { SettledIdRow } from '../src/repositories/typeorm/settled-id.row.js';
import { TypeormMemoryRepository } from '../src/repositories/typeorm/typeorm-memory-repository.js';

import { aMemory } from './builders.js';
import { storesContract, type Stores } from './stores.contract.js';

describe('the stores in memory', () => {
  const stores: Stores = {
    memories: new InMemoryMemoryRepository(),
    vectors: new InMemoryVectorIndex(),
    transaction: new InMemoryTransaction(),
    as: (_userId, work) => work(),
  };
  storesContract(() => stores);
});

function onPostgres(version: PostgresVersion): void {
  let database: TestDatabase;
  let open: OpenDatabase;
  let stores: Stores;

  beforeAll(async () => {
    database = await databaseFor('memory_stores', version);
    const rows = [MemoryRow, MemoryVectorRow, MemoryOwnerRow, SettledIdRow];
    open = await openDatabase({ name: 'memory', databaseUrl: database.url, rows, migrations: [CreateMemories1763805600000, KeepOwners1763892000000, FollowPlans1764000000001] });
    const context = new DatabaseContext();
    const transaction = new TypeormTransaction(open.app, context, () => currentContext()?.userId);
    stores = {
      memories: new TypeormMemoryRepository(context, new EventPublisher(new TypeormOutbox(context), new SystemClock(), 'memory')),
      vectors: new EmbeddedVectorIndex(context, transaction),
      transaction,
      as: (userId, work) => runInContext(rootContext({ kind: 'request', id: 'r' }, { userId }), work),
    };
  });
  afterAll(async () => {
    await closeDatabase(open);
    await database.drop();
  });

  storesContract(() => stores);

  it('refuses a memory that the database knows to be impossible', async () => {
    const ada = uuidv7();
    const backwards = { ...aMemory(), validTo: new Date(0) };
    await expect(stores.as(ada, () => stores.transaction.run(() => stores.memories.save(ada, backwards)))).rejects.toThrow(/check constraint/);
  });
}

requireRealPart('postgres')('the stores on the embedded PostgreSQL', () => onPostgres('embedded'));
requireRealPart('postgres-15')('the stores on PostgreSQL 15', () => onPostgres('15'));
