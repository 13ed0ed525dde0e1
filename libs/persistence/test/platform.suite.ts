import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { databaseFor, eventually, type PostgresVersion, type TestDatabase } from '@selfos/testing';
import { Housekeeping, RequestLeaseLost, TypeormOnce, TypeormIdempotencyStore, TypeormOutbox, WorkerDatabase } from '../src/index.js';
import { ADA, NotesService } from './notes-service.js';

/** Outbox, once and requests, on the given PostgreSQL. */
export function platformSuite(version: PostgresVersion): void {
  let database: TestDatabase;
  let notes: NotesService;
  let worker: WorkerDatabase;

  beforeAll(async () => {
    database = await databaseFor('platform', version);
    notes = await NotesService.start(database.url);
    worker = new WorkerDatabase(notes.open.worker, notes.open.address.workerUrl);
  }, 60_000);
  afterAll(async () => {
    await notes.stop();
    await database.drop();
  });

  const inTransaction = <T>(work: () => Promise<T>): Promise<T> => notes.as(ADA, () => notes.transaction.run(work));

  describe('the outbox', () => {
    const event = (): { id: string; type: string; aggregate: string; aggregateId: string; payload: unknown } => ({
      id: uuidv7(), type: 'note.written', aggregate: 'note', aggregateId: uuidv7(), payload: { ok: true },
    });

    it('keeps an event exactly when its transaction commits', async () => {
      const outbox = new TypeormOutbox(notes.context);
      const kept = event();
      await inTransaction(() => outbox.append(kept));
      const lost = inTransaction(async () => {
        await outbox.append(event());
        throw new Error('no');
      });
      await expect(lost).rejects.toThrow('no');
      const rows = await worker.query<{ id: string; user_id: string; seq: number }[]>('SELECT id, user_id, seq FROM outbox');
      expect(rows).toEqual([{ id: kept.id, user_id: ADA, seq: expect.any(Number) }]);
    });

    it('wakes whoever listens, and again after their connection broke', async () => {
      let woken = 0;
      const listening = await worker.listen('outbox', () => (woken += 1));
      expect(woken).toBe(1);
      await inTransaction(() => new TypeormOutbox(notes.context).append(event()));
      await eventually(() => expect(woken).toBe(2));
      await worker.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'selfos listen' AND datname = current_database()");
      await eventually(() => expect(woken).toBe(3));
      await listening.close();
    });

    it('is swept of old published events and of expired claims', async () => {
      await worker.query("UPDATE outbox SET published_at = clock_timestamp() - interval '25 hours'");
      await inTransaction(() => new TypeormOnce(notes.context).claim('sweep', '1'));
      await worker.query('UPDATE once SET expires_at = clock_timestamp()');
      await new Housekeeping(worker).sweep();
      expect(await worker.query('SELECT 1 FROM outbox UNION ALL SELECT 1 FROM once')).toEqual([]);
    });

    it('is swept in small batches, up to what is not over yet, and one table’s failure is logged and stops no other', async () => {
      await inTransaction(() => new TypeormOnce(notes.context).claimAll('batches', Array.from({ length: 25 }, (_, index) => String(index))));
      await worker.query("UPDATE once SET expires_at = clock_timestamp() WHERE key <> '7'");
      const [statements, logged]: [string[], unknown[]] = [[], []];
      const watched = { query: <T>(sql: string): Promise<T> => (statements.push(sql), worker.query<T>(sql)) };
      const logger = { error: (message: string, fields: unknown) => void logged.push([message, fields]) };
      const sweeps = [{ table: 'nothing_here', over: 'true' }];
      await new Housekeeping(watched, { batch: 10, sweeps, logger }).sweep();
      expect(await worker.query("SELECT key FROM once WHERE scope = 'batches'")).toEqual([{ key: '7' }]);
      expect(statements.filter((sql) => sql.startsWith('DELETE FROM once'))).toHaveLength(3);
      expect(logged).toEqual([['old rows could not be deleted', expect.objectContaining({ table: 'nothing_here' })]]);
    });
  });

  describe('once', () => {
    it('grants a claim to one of many rivals', async () => {
      const once = new TypeormOnce(notes.context);
      const answers = await Promise.all(Array.from({ length: 5 }, () => inTransaction(() => once.claim('event:notes', 'e1'))));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('forgets a claim whose transaction failed', async () => {
      const once = new TypeormOnce(notes.context);
      const failed = inTransaction(async () => {
        await once.claim('event:notes', 'e2');
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await inTransaction(() => once.claim('event:notes', 'e2'))).toBe(true);
    });
  });

  describe('a repeated request', () => {
    const claimOf = (key: string, fingerprint = 'f') => ({ scope: 'request:write', key: `${ADA}:${key}`, fingerprint });
    const store = (leaseMs?: number) => new TypeormIdempotencyStore(notes.transaction, notes.context, leaseMs);
    const answer = { status: 201, body: { id: 1 } };

    it('is told to wait while the first runs, then gets its answer again', async () => {
      await notes.as(ADA, async () => {
        const requests = store();
        const first = claimOf('k1');
        expect(await requests.begin(first)).toEqual({ state: 'claimed' });
        expect(await requests.begin(claimOf('k1'))).toEqual({ state: 'running' });
        await requests.complete(first, answer);
        expect(await requests.begin(claimOf('k1'))).toEqual({ state: 'done', answer });
        expect(await requests.begin(claimOf('k1', 'another'))).toEqual({ state: 'mismatch' });
      });
    });

    it('runs again after a refusal or when the lease ran out', async () => {
      await notes.as(ADA, async () => {
        const refused = claimOf('k2');
        const requests = store(0);
        await requests.begin(refused);
        await requests.release(refused);
        expect(await requests.begin(claimOf('k2'))).toEqual({ state: 'claimed' });
        expect(await requests.begin(claimOf('k2'))).toEqual({ state: 'claimed' });
      });
    });

    it('gets its answer for 24 hours, and no longer', async () => {
      await notes.as(ADA, async () => {
        const age = (hours: number): Promise<unknown> => worker.query("UPDATE once SET expires_at = expires_at - make_interval(secs => $1) WHERE key LIKE '%:kept'", [hours * 3_600]);
        const first = claimOf('kept');
        const requests = store();
        await requests.begin(first);
        await requests.complete(first, answer);
        await age(23.99);
        await new Housekeeping(worker).sweep();
        expect(await requests.begin(claimOf('kept'))).toEqual({ state: 'done', answer });
        await age(0.02);
        await new Housekeeping(worker).sweep();
        expect(await worker.query("SELECT key FROM once WHERE key LIKE '%:kept'")).toEqual([]);
        expect(await requests.begin(claimOf('kept'))).toEqual({ state: 'claimed' });
      });
    });

    it('keeps the lease of a request that is still at work, longer than one lease', async () => {
      await notes.as(ADA, async () => {
        const requests = store(3_000);
        const long = claimOf('k4');
        await requests.begin(long);
        const leaseEnds = async () => Number((await worker.query<{ ms: number }[]>("SELECT date_part('epoch', lease_until) * 1000 AS ms FROM once WHERE key LIKE '%:k4'"))[0]?.ms);
        const first = await leaseEnds();
        await eventually(async () => expect(await leaseEnds()).toBeGreaterThan(first + 1_500));
        expect(await requests.begin(claimOf('k4'))).toEqual({ state: 'running' });
        await requests.complete(long, answer);
        expect(await requests.begin(claimOf('k4'))).toEqual({ state: 'done', answer });
      });
    });

    it('undoes the work of one that was taken over', async () => {
      await notes.as(ADA, async () => {
        const requests = store(0);
        const slow = claimOf('k3');
        await requests.begin(slow);
        await requests.begin(claimOf('k3'));
        const id = uuidv7();
        const late = requests.atomically(async () => {
          await notes.write(id, ADA);
          await requests.complete(slow, answer);
        });
        await expect(late).rejects.toBeInstanceOf(RequestLeaseLost);
        expect((await notes.all()).map((row) => row.id)).not.toContain(id);
      });
    });
  });
}
