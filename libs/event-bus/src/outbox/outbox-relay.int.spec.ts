import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { Logger } from '@selfos/observability';
import { closeDatabase, openDatabase, WorkerDatabase, type OpenDatabase } from '@selfos/persistence';
import { databaseFor, requireRealPart, type TestDatabase } from '@selfos/testing';
import { InMemoryEventBus } from '../in-memory/in-memory-event-bus.js';
import { OutboxRelay } from './outbox-relay.js';

const PUBLISHED = `
  INSERT INTO outbox (id, type, aggregate, aggregate_id, seq, payload, published_at)
  SELECT gen_random_uuid(), 'a.b', 'a', i::text, i, '{}', clock_timestamp() - $2::interval FROM generate_series(1, $1) i`;

class MortalBus extends InMemoryEventBus {
  life = 'first';

  override epoch(): Promise<string> {
    return Promise.resolve(this.life);
  }
}

requireRealPart('postgres')('the relay of an outbox, when its bus was restarted', () => {
  const at: { database: TestDatabase | undefined; open: OpenDatabase | undefined } = { database: undefined, open: undefined };
  beforeAll(async () => {
    at.database = await databaseFor('relay');
    at.open = await openDatabase({ name: 'relay', databaseUrl: at.database.url, rows: [], migrations: [], poolSize: 3 });
  });
  afterAll(async () => {
    if (at.open !== undefined) await closeDatabase(at.open);
    await at.database?.drop();
  });

  it('publishes all of the last 15 minutes again, and nothing older, though it is more than one statement may change', async () => {
    const open = at.open;
    if (open === undefined) throw new Error('no database');
    const worker = new WorkerDatabase(open.worker, open.address.workerUrl);
    const [bus, admin] = [new MortalBus(), new pg.Client({ connectionString: open.address.adminUrl })];
    const relay = new OutboxRelay(worker, bus, new Logger({ service: 'test', level: 'CRITICAL' }));
    await relay.relayBatch();
    await admin.connect();
    for (const [count, ago] of [[12_000, '14 minutes'], [1, '0'], [30, '16 minutes']]) await admin.query(PUBLISHED, [count, ago]);
    await admin.end();
    bus.life = 'second';
    await relay.relayBatch();
    expect(await worker.query('SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL')).toEqual([{ n: 12_001 }]);
  });
});
