import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { databaseFor, type PostgresVersion, type TestDatabase } from '@selfos/testing';
import pg from 'pg';
import { DatabaseContention, DatabaseUnavailable, NoTransaction, TransactionOfAnotherUser } from '../src/index.js';
import { ADA, BEN, NoteRow, NotesService } from './notes-service.js';

/** What keeps people apart, on the given PostgreSQL. */
export function isolationSuite(version: PostgresVersion): void {
  let database: TestDatabase;
  let notes: NotesService;

  beforeAll(async () => {
    database = await databaseFor('isolation', version);
    notes = await NotesService.start(database.url);
    await notes.as(ADA, () => notes.write(uuidv7(), ADA));
    await notes.as(BEN, () => notes.write(uuidv7(), BEN));
  }, 60_000);
  afterAll(async () => {
    await notes.stop();
    await database.drop();
  });

  describe('row-level security', () => {
    it('shows two people only their own rows, even to a query without WHERE', async () => {
      expect((await notes.as(ADA, () => notes.all())).map((row) => row.userId)).toEqual([ADA]);
      expect((await notes.as(BEN, () => notes.all())).map((row) => row.userId)).toEqual([BEN]);
    });

    it('shows no rows without a person, also on a connection that served one before', async () => {
      await Promise.all(Array.from({ length: 12 }, () => notes.as(ADA, () => notes.all())));
      const seen = await Promise.all(Array.from({ length: 12 }, () => notes.all()));
      expect(seen.flat()).toEqual([]);
    });

    it('refuses to write a row for somebody else', async () => {
      await expect(notes.as(ADA, () => notes.write(uuidv7(), BEN))).rejects.toThrow(/row-level security/);
      await expect(notes.write(uuidv7(), ADA)).rejects.toThrow(/row-level security/);
    });

    it('lets nobody change or remove what they cannot see', async () => {
      await notes.as(ADA, () => notes.transaction.run(() => notes.context.manager().createQueryBuilder().delete().from(NoteRow).execute()));
      expect(await notes.as(BEN, () => notes.all())).toHaveLength(1);
      await notes.as(ADA, () => notes.write(uuidv7(), ADA));
    });

    it('keeps the worker role out of people\'s tables', async () => {
      await expect(notes.open.worker.query('SELECT * FROM notes')).rejects.toThrow(/permission denied/);
    });

    it('keeps the app role from reading the outbox', async () => {
      await expect(notes.open.app.query('SELECT * FROM outbox')).rejects.toThrow(/permission denied/);
    });
  });

  describe('a transaction', () => {
    it('undoes everything when the work fails', async () => {
      const failing = notes.as(ADA, () =>
        notes.transaction.run(async () => {
          await notes.write(uuidv7(), ADA);
          throw new Error('no');
        }),
      );
      await expect(failing).rejects.toThrow('no');
      expect(await notes.as(ADA, () => notes.all())).toHaveLength(1);
    });

    it.each(['fails', 'ends'])('lets work that goes on beside it write nothing more once it %s', async (end) => {
      const left: Promise<unknown>[] = [];
      const run = notes.transaction.run(async () => {
        const manager = notes.context.manager();
        // asks again the moment that it is answered: also behind the ROLLBACK, if it may
        left.push((async () => {
          for (;;) await manager.query("INSERT INTO once (scope, key, state, expires_at) VALUES ('left', gen_random_uuid(), 'done', 'infinity')");
        })());
        await manager.query('SELECT 1');
        if (end === 'fails') throw new Error('not this');
      });
      await run.catch(() => undefined);
      expect((await Promise.allSettled(left)).map(({ status }) => status)).toEqual(['rejected']);
      const kept = await notes.transaction.run(() => notes.context.manager().query<{ attempt: number }[]>("DELETE FROM once WHERE scope = 'left' RETURNING xmin::text AS transaction"));
      const transactions = new Set((Array.isArray(kept[0]) ? kept[0] : []).map((row: { transaction: string }) => row.transaction));
      expect(transactions.size).toBe(end === 'fails' ? 0 : 1);
    });

    it('fails when its work takes no notice of a statement that failed: nothing of it was kept', async () => {
      const id = uuidv7();
      const careless = notes.as(ADA, async () => {
        await notes.transaction.run(async () => {
          await notes.write(id, ADA);
          await notes.write(id, ADA).catch(() => undefined);
        });
      });
      await expect(careless).rejects.toThrow('nothing of it was kept');
      expect((await notes.as(ADA, () => notes.all())).map((row) => row.id)).not.toContain(id);
    });

    it('refuses a second person', async () => {
      const mixed = notes.as(ADA, () => notes.transaction.run(() => notes.as(BEN, () => notes.all())));
      await expect(mixed).rejects.toBeInstanceOf(TransactionOfAnotherUser);
    });

    it('takes a person who appears only inside it', async () => {
      const rows = await notes.transaction.run(() => notes.as(BEN, () => notes.all()));
      expect(rows).toHaveLength(1);
    });

    it('says that the database was busy when a statement takes longer than it may', async () => {
      const slow = notes.transaction.run(async () => {
        await notes.context.manager().query("SET LOCAL statement_timeout = '50ms'");
        await notes.context.manager().query('SELECT pg_sleep(1)');
      });
      await expect(slow).rejects.toBeInstanceOf(DatabaseContention);
      expect(await notes.as(ADA, () => notes.all())).toHaveLength(1);
    });

    it.each([{ what: 'before a statement' }, { what: 'before the commit' }])('says that the server was not there when its connection is lost $what', async ({ what }) => {
      const terminate = async (pid: number | undefined) => {
        const admin = new pg.Client({ connectionString: database.url });
        await admin.connect();
        await admin.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
        await admin.end();
      };
      const cut = notes.as(ADA, () => notes.transaction.run(async () => {
        const [backend] = await notes.context.manager().query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
        await terminate(backend?.pid);
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (what === 'before a statement') await notes.context.manager().query('SELECT 1');
      }));
      await expect(cut).rejects.toBeInstanceOf(DatabaseUnavailable);
      expect(await notes.as(ADA, () => notes.all())).toHaveLength(1);
    });

    it('is needed for any data access', () => {
      expect(() => notes.context.manager()).toThrow(NoTransaction);
    });
  });
}
