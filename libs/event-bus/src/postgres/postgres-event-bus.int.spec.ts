import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { serviceDatabase } from '@selfos/persistence';
import { databaseFor, eventually, requireRealPart, startFaultProxy, type FaultProxy, type TestDatabase } from '@selfos/testing';
import type { DeliveryPolicy } from '../delivery.js';
import type { BusEvent } from '../event-bus.js';
import { eventBusContract, QUICK, type BusUnderTest } from '../../test/event-bus.contract.js';
import { GROUP_LOCK } from './bus-schema.js';
import { BusStore } from './bus-store.js';
import { PostgresEventBus } from './postgres-event-bus.js';

const logger = new Logger({ service: 'test', level: 'CRITICAL' });
const storage: { database: TestDatabase | undefined } = { database: undefined };
const url = () => storage.database?.url ?? '';

async function freshDatabase(version: 'embedded' | '15'): Promise<void> {
  await storage.database?.drop();
  storage.database = await databaseFor('bus', version);
}

const policed = (databaseUrl: string) => async (policy: DeliveryPolicy) => new PostgresEventBus({ databaseUrl, logger, policy });

/** A transaction of somebody else's that has put its event into the log and not committed yet. */
async function beginEvent(event: BusEvent): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: (await serviceDatabase('bus', url())).adminUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query('INSERT INTO bus.stream (id, type, event) VALUES ($1, $2, $3)', [event.id, event.type, JSON.stringify(event)]);
  return async () => {
    await client.query('COMMIT');
    await client.end();
  };
}

async function openMortal(policy: DeliveryPolicy) {
  const proxy = await startFaultProxy(Number(new URL(url()).port));
  return { bus: await policed(proxy.through(url()))(policy), kill: async () => proxy.cut(true) };
}

function contractOn(version: 'embedded' | '15'): BusUnderTest {
  return { open: (policy) => policed(url())(policy), openMortal, begin: beginEvent, reset: () => freshDatabase(version) };
}

requireRealPart('postgres')('on PostgreSQL 18', () => eventBusContract('PostgreSQL 18', contractOn('embedded')));
requireRealPart('postgres-15')('on PostgreSQL 15', () => eventBusContract('PostgreSQL 15', contractOn('15')));

requireRealPart('postgres')('the log in PostgreSQL', () => {
  const buses: PostgresEventBus[] = [];
  const open = () => {
    const bus = new PostgresEventBus({ databaseUrl: url(), logger, policy: QUICK });
    buses.push(bus);
    return bus;
  };
  const admin: { pool: pg.Pool } = { pool: new pg.Pool() };

  beforeAll(async () => {
    await freshDatabase('embedded');
    await open().publish([{ id: uuidv7(), type: 'bus.opened' }]);
    admin.pool = new pg.Pool({ connectionString: (await serviceDatabase('bus', url())).adminUrl, max: 4 });
    admin.pool.on('error', () => undefined);
  });
  afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())));
  afterAll(async () => {
    await admin.pool.end();
    await storage.database?.drop();
  });

  it('does not skip an event whose transaction commits after a later one', async () => {
    const bus = open();
    const seen: string[] = [];
    await bus.subscribe({ group: 'late', types: ['a.b'], handler: async ({ id }) => void seen.push(id) });
    const [early, late] = [uuidv7(), uuidv7()];
    const slow = await admin.pool.connect();
    await slow.query('BEGIN');
    await slow.query(`INSERT INTO bus.stream (id, type, event) VALUES ($1, 'a.b', $2)`, [early, JSON.stringify({ id: early, type: 'a.b' })]);
    await bus.publish([{ id: late, type: 'a.b' }]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(seen).toEqual([]);
    await slow.query('COMMIT');
    slow.release();
    await eventually(() => expect(seen.toSorted()).toEqual([early, late].toSorted()));
  });

  it('stores an event that is published twice once', async () => {
    const bus = open();
    const event = { id: uuidv7(), type: 'twice.published' };
    await Promise.all([bus.publish([event]), bus.publish([event])]);
    const { rows } = await admin.pool.query(`SELECT 1 FROM bus.stream WHERE id = $1`, [event.id]);
    expect(rows).toHaveLength(1);
  });

  it('gives the deliveries of a dead process to another soon, without waiting for the lease', async () => {
    const bus = open();
    await bus.publish([{ id: uuidv7(), type: 'orphan.event' }]);
    await admin.pool.query(`INSERT INTO bus.cursors (consumer, type) VALUES ('orphans', 'orphan.event')`);
    // not before every older transaction of the server has ended
    await eventually(async () => expect((await admin.pool.query(`SELECT pos FROM bus.claim_fresh('orphans', '{orphan.event}', 10, interval '1 hour', -1)`)).rowCount).toBe(1));
    const seen: number[] = [];
    await bus.subscribe({ group: 'orphans', types: ['orphan.event'], handler: async (_event, { attempt }) => void seen.push(attempt) });
    await eventually(() => expect(seen).toEqual([2]));
  });

  it('goes on after its connections were cut', async () => {
    const bus = open();
    const seen: string[] = [];
    await bus.subscribe({ group: 'cut', types: ['c.d'], handler: async ({ id }) => void seen.push(id) });
    await admin.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'selfos bus%' AND datname = current_database()`);
    const event = { id: uuidv7(), type: 'c.d' };
    await eventually(() => bus.publish([event]));
    await eventually(() => expect(seen).toEqual([event.id]));
  });

  it('reads and publishes again after a network that swallowed what was sent', async () => {
    const proxies = [await startFaultProxy(Number(new URL(url()).port)), await startFaultProxy(Number(new URL(url()).port))];
    const through = (proxy?: FaultProxy) => new PostgresEventBus({ databaseUrl: proxy?.through(url()) ?? '', logger, policy: QUICK, silenceMs: 3_000 });
    const [reader, writer] = proxies.map(through);
    if (reader === undefined || writer === undefined) throw new Error('two buses');
    buses.push(reader, writer);
    const seen: string[] = [];
    await reader.subscribe({ group: 'silent', types: ['s.t'], handler: async ({ id }) => void seen.push(id) });
    await writer.publish([{ id: uuidv7(), type: 's.t' }]);
    await eventually(() => expect(seen).toHaveLength(1));
    await eventually(async () => expect((await admin.pool.query(`SELECT 1 FROM bus.deliveries WHERE consumer = 'silent'`)).rows).toEqual([]));
    for (const proxy of proxies) proxy.blackHole();
    const lost = [{ id: uuidv7(), type: 's.t' }];
    await expect(writer.publish(lost)).rejects.toThrow();
    // the old connections stay silent, as they do when a firewall forgot them
    for (const proxy of proxies) proxy.healForNewOnes();
    await eventually(() => writer.publish(lost), { timeoutMs: 30_000 });
    await eventually(() => expect(seen).toHaveLength(2), { timeoutMs: 30_000 });
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    for (const proxy of proxies) await proxy.close();
  }, 120_000);

  it('notices that the connection it listens on has gone silent, and is woken again on another', async () => {
    const proxy = await startFaultProxy(Number(new URL(url()).port));
    const reader = new PostgresEventBus({ databaseUrl: proxy.through(url()), logger, policy: { ...QUICK, pollMs: 60_000 }, silenceMs: 3_000 });
    buses.push(reader);
    const seen: string[] = [];
    await reader.subscribe({ group: 'hushed', types: ['h.u'], handler: async ({ id }) => void seen.push(id) });
    proxy.blackHole();
    proxy.healForNewOnes();
    await open().publish([{ id: uuidv7(), type: 'h.u' }]);
    await eventually(() => expect(seen).toHaveLength(1), { timeoutMs: 30_000 });
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    await proxy.close();
  });

  it('gives back only what nobody else has claimed since', async () => {
    const store = new BusStore(admin.pool);
    await store.openCursors('twice', ['g.b']);
    await open().publish([{ id: uuidv7(), type: 'g.b' }]);
    const request = { group: 'twice', types: ['g.b'], most: 1, leaseMs: 1, owner: undefined };
    const late = await eventually(async () => {
      const claimed = await store.claimFresh(request);
      expect(claimed).toHaveLength(1);
      return claimed;
    });
    const [current] = await eventually(async () => {
      const claimed = await store.claimDue({ ...request, leaseMs: 60_000 });
      expect(claimed).toHaveLength(1);
      return claimed;
    });
    await store.giveBack('twice', late);
    expect(await store.claimDue(request)).toEqual([]);
    await store.giveBack('twice', current === undefined ? [] : [current]);
    expect(await store.claimDue(request)).toMatchObject([{ attempt: 2 }]);
  });

  it('takes nothing for orphaned that was claimed while its listener was lost', async () => {
    const told: string[] = [];
    const telling = new Logger({ service: 'test', level: 'WARNING', destination: { write: (line: string) => void told.push(line) } });
    const bus = new PostgresEventBus({ databaseUrl: url(), logger: telling, policy: { ...QUICK, handlerDeadlineMs: 30_000, leaseMs: 60_000 } });
    buses.push(bus);
    const attempts: number[] = [];
    const end = Promise.withResolvers<void>();
    await bus.subscribe({ group: 'deaf', types: ['d.e'], handler: async (_event, { attempt }) => (attempts.push(attempt), end.promise) });
    const holder = await admin.pool.connect();
    try {
      // its listener does not come back before this lets go
      const held = holder.query(`SELECT pg_advisory_lock(${GROUP_LOCK})`, ['deaf']);
      await eventually(async () => expect((await admin.pool.query(`SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted`)).rowCount).toBe(1));
      await admin.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'selfos bus listen' AND datname = current_database()`);
      await held;
      await eventually(() => expect(told.join('')).toContain('listener lost its connection'));
      await bus.publish([{ id: uuidv7(), type: 'd.e' }]);
      await eventually(() => expect(attempts).toEqual([1]));
      expect((await admin.pool.query(`SELECT owner FROM bus.deliveries WHERE consumer = 'deaf'`)).rows).toEqual([{ owner: null }]);
    } finally {
      end.resolve();
      holder.release(true);
    }
  });

  it('is woken at once and does not wait for the poll', async () => {
    const bus = new PostgresEventBus({ databaseUrl: url(), logger, policy: { ...QUICK, pollMs: 60_000 } });
    buses.push(bus);
    const seen: string[] = [];
    await bus.subscribe({ group: 'woken', types: ['w.x'], handler: async ({ id }) => void seen.push(id) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await open().publish([{ id: uuidv7(), type: 'w.x' }]);
    await eventually(() => expect(seen).toHaveLength(1));
  });

  it('lets every group begin anew after a restore into a cluster with younger transactions', async () => {
    const bus = open();
    const first = { id: uuidv7(), type: 'r.s' };
    await bus.publish([first]);
    await admin.pool.query(`UPDATE bus.stream SET xid = '900000000000' WHERE id = $1`, [first.id]);
    await admin.pool.query(`INSERT INTO bus.cursors (consumer, type, xid, position) VALUES ('restored', 'r.s', '900000000001', 1)`);
    await admin.pool.query('SELECT bus.reset_after_restore()');
    const seen: string[] = [];
    await bus.subscribe({ group: 'restored', types: ['r.s'], handler: async ({ id }) => void seen.push(id) });
    await eventually(() => expect(seen).toEqual([first.id]));
  });

  describe('trimmed', () => {
    const trimmer = (keptMs: number) => {
      const bus = new PostgresEventBus({ databaseUrl: url(), logger, policy: QUICK, keptMs });
      buses.push(bus);
      return bus;
    };
    const left = async (type: string) => (await admin.pool.query<{ id: string }>('SELECT id FROM bus.stream WHERE type = $1 ORDER BY xid, position', [type])).rows.map(({ id }) => id);
    const settledBy = async (bus: PostgresEventBus, { group, type, wanted }: { group: string; type: string; wanted: number }) => {
      const seen = new Set<string>();
      await bus.subscribe({ group, types: [type], handler: async ({ id }) => void seen.add(id) });
      await eventually(() => expect(seen.size).toBe(wanted));
      await eventually(async () => expect((await admin.pool.query('SELECT 1 FROM bus.deliveries WHERE consumer = $1', [group])).rows).toEqual([]));
    };

    it('keeps what somebody has not settled or not read, and all above it', async () => {
      const bus = trimmer(0);
      const all = Array.from({ length: 4 }, () => ({ id: uuidv7(), type: 't.open' }));
      for (const event of all) await bus.publish([event]);
      await settledBy(bus, { group: 'quick', type: 't.open', wanted: 4 });
      await admin.pool.query(`INSERT INTO bus.cursors (consumer, type) VALUES ('slow', 't.open')`);
      await bus.trim();
      expect(await left('t.open')).toHaveLength(4);
      await admin.pool.query(`SELECT pos FROM bus.claim_fresh('slow', '{t.open}', 3, interval '1 hour', NULL)`);
      await admin.pool.query(`DELETE FROM bus.deliveries d USING bus.stream s WHERE d.consumer = 'slow' AND s.position = d.position AND s.id <> $1`, [all[1]?.id]);
      await bus.trim();
      expect(await left('t.open')).toEqual(all.slice(1).map(({ id }) => id));
      await admin.pool.query(`DELETE FROM bus.deliveries WHERE consumer = 'slow'`);
      await bus.trim();
      expect(await left('t.open')).toEqual(all.slice(3).map(({ id }) => id));
    });

    it('keeps what is younger than the kept window, also of what nobody reads', async () => {
      const [young, alone] = [{ id: uuidv7(), type: 't.young' }, { id: uuidv7(), type: 't.alone' }];
      const bus = trimmer(3_600_000);
      await bus.publish([young, alone]);
      await settledBy(bus, { group: 'now', type: 't.young', wanted: 1 });
      await bus.trim();
      expect([await left('t.young'), await left('t.alone')]).toEqual([[young.id], [alone.id]]);
      await trimmer(0).trim();
      expect([await left('t.young'), await left('t.alone')]).toEqual([[], []]);
      await bus.publish([{ ...young, id: uuidv7() }]);
      await bus.trim();
      expect(await left('t.young')).toHaveLength(1);
    });

    it('keeps dead letters, and gives a replayed one to its group alone', async () => {
      const bus = trimmer(0);
      const event = { id: uuidv7(), type: 't.dead' };
      const state = { broken: true, tries: 0, others: 0 };
      await bus.subscribe({ group: 'frail', types: ['t.dead'], handler: async () => {
        state.tries += 1;
        if (state.broken) throw new Error('broken');
      } });
      await bus.subscribe({ group: 'sound', types: ['t.dead'], handler: async () => void (state.others += 1) });
      await bus.publish([event]);
      await eventually(async () => expect(await bus.deadLetters('frail')).toHaveLength(1), { timeoutMs: 15_000 });
      await eventually(() => expect(state.others).toBe(1));
      await bus.trim();
      expect([await left('t.dead'), (await bus.deadLetters('frail')).length]).toEqual([[], 1]);
      state.broken = false;
      expect(await bus.replay('frail', event.id)).toBe(true);
      await eventually(() => expect(state.tries).toBe(6));
      await eventually(async () => expect((await admin.pool.query(`SELECT 1 FROM bus.deliveries WHERE consumer = 'frail'`)).rows).toEqual([]));
      expect(state.others).toBe(1);
      await bus.trim();
      expect(await left('t.dead')).toEqual([]);
    });
  });
});
