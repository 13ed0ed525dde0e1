import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { databaseFor, type PostgresVersion, type TestDatabase } from '@selfos/testing';
import pg from 'pg';
import { BatchOver, DatabaseContention, TransactionOfAnotherUser, TypeormBatchTransaction, TypeormOnce, type Part } from '../src/index.js';
import { ADA, BEN, NoteRow, NotesService } from './notes-service.js';

/** One transaction for many people, on the given PostgreSQL. */
export function batchesSuite(version: PostgresVersion): void {
  describe('a batch for many people', () => {
    let database: TestDatabase;
    let notes: NotesService;
    let batches: TypeormBatchTransaction;

    beforeAll(async () => {
      database = await databaseFor('batches', version);
      notes = await NotesService.start(database.url);
      batches = new TypeormBatchTransaction(notes.open.app, notes.context, () => notes.currentUser());
    }, 60_000);
    afterAll(async () => {
      await notes.stop();
      await database.drop();
    });

    const manager = () => notes.context.manager();
    const insert = (owner: string) => manager().insert(NoteRow, { id: uuidv7(), userId: owner, body: 'sealed' });
    const seen = async () => new Set((await manager().find(NoteRow)).map(({ userId }) => userId));
    const as = <T>(part: Part, person: string, work: () => Promise<T>) => notes.as(person, () => part(work));

    it('shows everyone their own rows only, however their statements come in between each other', async () => {
      const people = Array.from({ length: 20 }, () => uuidv7());
      const found = await batches.run((part) =>
        Promise.all(people.map((person, index) => as(part, person, async () => {
          for (let n = 0; n <= index % 4; n += 1) await insert(person);
          await new Promise((resolve) => setTimeout(resolve, index % 3));
          return [person, await seen()];
        }))),
      );
      expect(found).toEqual(people.map((person) => [person, new Set([person])]));
      expect((await notes.as(people[3] ?? '', () => notes.all()))).toHaveLength(4);
    });

    it('lets nobody write a row of somebody else, and undoes everything when somebody tries', async () => {
      const person = uuidv7();
      const wrong = batches.run((part) => Promise.all([as(part, person, () => insert(person)), as(part, ADA, () => insert(BEN))]));
      await expect(wrong).rejects.toThrow(/row-level security/);
      expect(await notes.as(person, () => notes.all())).toEqual([]);
    });

    it('has no person outside of its parts, and takes none there', async () => {
      await batches.run(async (part) => {
        await as(part, ADA, () => insert(ADA));
        expect(await manager().query('SELECT 1 FROM notes')).toEqual([]);
      });
      await expect(batches.run(() => notes.as(ADA, () => notes.all()))).rejects.toBeInstanceOf(TransactionOfAnotherUser);
    });

    it('lets a part that is left running write nothing more, in no transaction at all', async () => {
      const [person, later] = [uuidv7(), Promise.withResolvers<undefined>()];
      const left: Promise<unknown>[] = [];
      const failing = batches.run(async (part) => {
        left.push(as(part, person, async () => {
          await insert(person);
          await later.promise;
          await insert(person);
        }));
        await new Promise((resolve) => setTimeout(resolve, 50));
        throw new Error('too late');
      });
      await expect(failing).rejects.toThrow('too late');
      later.resolve(undefined);
      await expect(left[0]).rejects.toMatchObject({ code: BatchOver.code });
      expect(await notes.as(person, () => notes.all())).toEqual([]);
    });

    it('refuses a transaction of its own to a part: people share one', async () => {
      const nested = batches.run((part) => as(part, ADA, () => manager().transaction(() => Promise.resolve())));
      await expect(nested).rejects.toMatchObject({ code: BatchOver.code });
    });

    it('leaves a sound connection behind a failure, also one whose table was changed', async () => {
      const read = () => batches.run((part) => as(part, ADA, () => manager().query('SELECT * FROM notes')));
      await expect(batches.run((part) => as(part, ADA, () => manager().query('SELECT nonsense')))).rejects.toThrow('nonsense');
      for (let n = 0; n < 8; n += 1) await read();
      const admin = new pg.Client({ connectionString: notes.open.address.adminUrl });
      await admin.connect();
      await admin.query('ALTER TABLE notes ADD COLUMN colour text');
      await admin.end();
      const tried = await Promise.allSettled(Array.from({ length: 30 }, read));
      expect(tried.filter(({ status }) => status === 'rejected').length).toBeLessThanOrEqual(4);
      expect(tried.at(-1)?.status).toBe('fulfilled');
      for (let n = 0; n < 8; n += 1) await read();
    });

    it('fails when a part takes no notice of a statement that failed: nobody\'s part was kept', async () => {
      const [person, other] = [uuidv7(), uuidv7()];
      const careless = batches.run(async (part) => {
        await as(part, person, () => insert(person));
        await as(part, other, () => manager().query('SELECT nonsense').catch(() => undefined));
      });
      await expect(careless).rejects.toThrow('nothing of it was kept');
      expect(await notes.as(person, () => notes.all())).toEqual([]);
    });

    it('keeps people apart also where others have prepared statements on its connections', async () => {
      const [person, other] = [uuidv7(), uuidv7()];
      const others = new TypeormBatchTransaction(notes.open.app, notes.context, () => notes.currentUser());
      const statements = (n: number) => (part: Part) => as(part, person, async () => {
        for (let at = 0; at < n; at += 1) await manager().query(`SELECT ${at}`);
      });
      for (let n = 0; n < 6; n += 1) await others.run(statements(4));
      const found = await batches.run(async (part) => [await as(part, person, async () => [await insert(person), await seen()][1]), await as(part, other, seen)]);
      expect(found).toEqual([new Set([person]), new Set()]);
    });

    it('lets one of two go that lock each other out, and undoes the other', async () => {
      const [ann, bob] = [uuidv7(), uuidv7()];
      for (const person of [ann, bob]) await notes.as(person, () => notes.write(uuidv7(), person));
      const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
      const write = (body: string) => () => manager().query('UPDATE notes SET body = $1', [body]);
      const locking = (mine: 0 | 1, order: readonly string[]) => batches.run(async (part) => {
        await as(part, order[0] ?? '', write(`by ${mine}`));
        both[mine].resolve();
        await Promise.all(both.map(({ promise }) => promise));
        await as(part, order[1] ?? '', write(`by ${mine}`));
      });
      const ended = await Promise.allSettled([locking(0, [ann, bob]), locking(1, [bob, ann])]);
      const kept = ended.findIndex(({ status }) => status === 'fulfilled');
      expect(ended[1 - kept]).toMatchObject({ status: 'rejected', reason: { code: DatabaseContention.code } });
      for (const person of [ann, bob]) expect((await notes.as(person, () => notes.all())).map(({ body }) => body)).toEqual([`by ${kept}`]);
    });

    it('claims once for all of them', async () => {
      const once = new TypeormOnce(notes.context);
      const keys = Array.from({ length: 200 }, () => uuidv7());
      expect((await batches.run(() => once.claimAll('event:batch', [...keys, ...keys]))).size).toBe(200);
      expect((await batches.run(() => once.claimAll('event:batch', keys))).size).toBe(0);
    });
  });
}
