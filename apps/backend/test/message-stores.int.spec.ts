import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { currentContext, rootContext, runInContext } from '@selfos/observability';
import { closeDatabase, DatabaseContext, openDatabase, TypeormTransaction, type OpenDatabase } from '@selfos/persistence';
import { databaseFor, freePort, requireRealPart, startMongo, type TestDatabase } from '@selfos/testing';
import { MessageStoreUnavailable } from '../src/conversations/domain/conversation/conversation.errors.js';
import { MongooseMessageStore } from '../src/conversations/repositories/mongoose/mongoose-message-store.js';
import { PostgresMessageStore } from '../src/conversations/repositories/typeorm/postgres-message-store.js';
import { CreateBackend1763900000000 } from '../src/repositories/migrations/1763900000000-create-backend.js';
import { ADA } from './builders.js';
import { messageStoreContract } from './message-store.contract.js';

const as = <T>(userId: string, work: () => Promise<T>): Promise<T> => runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId }), work);

for (const [name, part, version] of [['PostgreSQL 18', 'postgres', 'embedded'], ['PostgreSQL 15', 'postgres-15', '15']] as const) {
  requireRealPart(part)(`messages in ${name}`, () => {
    const at: { database?: TestDatabase; open?: OpenDatabase; store?: PostgresMessageStore } = {};
    beforeAll(async () => {
      at.database = await databaseFor('messages', version);
      at.open = await openDatabase({ name: 'backend', databaseUrl: at.database.url, rows: [], migrations: [CreateBackend1763900000000] });
      const context = new DatabaseContext();
      at.store = new PostgresMessageStore(new TypeormTransaction(at.open.app, context, () => currentContext()?.userId), context);
    });
    afterAll(async () => {
      if (at.open !== undefined) await closeDatabase(at.open);
      await at.database?.drop();
    });
    messageStoreContract(name, () => at.store as PostgresMessageStore, as);
  });
}

requireRealPart('mongo')('messages in a MongoDB-compatible server', () => {
  const at: { store?: MongooseMessageStore } = {};
  beforeAll(async () => {
    at.store = new MongooseMessageStore(await startMongo());
  });
  afterAll(() => at.store?.close());
  messageStoreContract('MongoDB', () => at.store as MongooseMessageStore, as);

  it('says that it cannot be reached, within its time', async () => {
    const nowhere = new MongooseMessageStore(`mongodb://127.0.0.1:${await freePort()}/`);
    await expect(nowhere.find(ADA, [ADA])).rejects.toThrow(MessageStoreUnavailable);
    await nowhere.close();
  });
});
