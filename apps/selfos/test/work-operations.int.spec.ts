import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SystemClock } from '@selfos/kernel';
import { currentContext, Logger, rootContext, runInContext } from '@selfos/observability';
import { closeDatabase, DatabaseContext, openDatabase, TypeormTransaction, WorkerDatabase, type OpenDatabase } from '@selfos/persistence';
import { databaseFor, eventually, requireRealPart } from '@selfos/testing';
import { JobHandler, PostgresWork, PostgresWorkStore, workMigrations, WorkRunner, type JobStep } from '@selfos/work';
import { workCommand } from '../src/operations/work/work-command.js';

const ADA = '018f0000-0000-7000-8000-00000000000a';
const SECRET = 'a word that nobody else may read';

/** Makes, and then tells; `mended` is when telling succeeds. */
class Trip extends JobHandler {
  readonly kind = 'spec.trip';
  mended = false;
  readonly back: string[] = [];
  readonly steps: readonly JobStep[] = [
    { name: 'reserve', perform: async (job) => job.key, compensate: async (job) => void this.back.push(job.key) },
    { name: 'tell', perform: async () => {
      if (!this.mended) throw new TypeError('not yet');
      return null;
    } },
  ];
}

class Plain extends JobHandler {
  readonly kind = 'spec.plain';
  broken = true;
  readonly steps: readonly JobStep[] = [{ name: 'only', commit: async () => {
    if (this.broken) throw new RangeError('not yet');
  } }];
}

requireRealPart('postgres')('selfos work on a real PostgreSQL', () => {
  let open: OpenDatabase;
  let url: string;
  let runner: WorkRunner;
  let book: (kind: string, key: string) => Promise<unknown>;
  const [trip, plain] = [new Trip(), new Plain()];

  beforeAll(async () => {
    url = (await databaseFor('work_operations')).url;
    open = await openDatabase({ name: 'notify', databaseUrl: url, rows: [], migrations: workMigrations });
    const database = new DatabaseContext();
    const transaction = new TypeormTransaction(open.app, database, () => currentContext()?.userId);
    const store = new PostgresWorkStore(new WorkerDatabase(open.worker, open.address.workerUrl), database);
    const work = new PostgresWork(database);
    const logger = new Logger({ service: 'spec', level: 'CRITICAL' });
    book = (kind, key) =>
      runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId: ADA }), () =>
        transaction.run(() => work.enqueue({ kind, key, userId: ADA, runAt: new Date(0), payload: { word: SECRET }, maxAttempts: kind === plain.kind ? 1 : 9 })),
      );
    runner = new WorkRunner({ store, transaction, clock: new SystemClock(), logger }, [trip, plain], { pollMs: 20, backoff: { baseMs: 60_000, capMs: 60_000 } });
    await book(plain.kind, 'one');
    await book(trip.kind, 'two');
    await runner.start();
  });
  afterAll(async () => {
    await runner.stop();
    await closeDatabase(open);
  });

  const selfosWork = async (...words: string[]): Promise<string> => {
    const said: string[] = [];
    await workCommand({ words, env: { DATABASE_URL: url }, tell: (line) => void said.push(line) });
    return said.join('\n');
  };
  const idOf = async (kind: string): Promise<string> => /^[0-9a-f-]{36}(?= )/m.exec(await selfosWork('list', '--kind', kind))?.[0] ?? '';

  it('lists jobs with their state and error, by state and kind, and nothing that they hold', async () => {
    await eventually(async () => {
      const listed = await selfosWork('list');
      expect(listed).toMatch(/spec\.trip +waiting +tell +1\/9 .*TypeError/);
      expect(listed).toMatch(/notify +spec\.plain +failed +- +0\/1 .*RangeError\n/);
    });
    expect(await selfosWork('list', '--state', 'failed')).toMatch(/spec\.plain(.|\n)*1 job;/);
    expect(await selfosWork('list', '--state', 'failed', '--kind', trip.kind)).toMatch(/No job\.$/);
  });

  it('shows one job with its steps, and nothing that it holds', async () => {
    const shown = await selfosWork('show', await idOf(trip.kind));
    expect(shown).toMatch(/state +waiting\nstep +tell\nattempt +1 of 9\n(.|\n)*next try +in \d+ s\nerror +TypeError\n· reserve +ended/);
    expect(shown + (await selfosWork('list'))).not.toContain(SECRET);
  });

  it('sets a failed job going again, and no other', async () => {
    const id = await idOf(plain.kind);
    plain.broken = false;
    expect(await selfosWork('retry', id)).toBe('It is set going again.');
    await eventually(async () => expect(await selfosWork('list', '--kind', plain.kind)).toMatch(/ done /));
    await expect(selfosWork('retry', id)).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('The job is done') });
  });

  it('cancels a job, and what it did is taken back', async () => {
    const id = await idOf(trip.kind);
    expect(await selfosWork('cancel', id)).toMatch(/^It is cancelled/);
    await eventually(async () => expect(await selfosWork('show', id)).toMatch(/state +compensated/));
    expect(trip.back).toEqual(['two']);
    await expect(selfosWork('cancel', id)).rejects.toMatchObject({ exitCode: 1 });
  });

  it.each([[[]], [['list', '--state', 'asleep']], [['show']], [['show', 'x']], [['list', '--loud']], [['retry', ADA, ADA]]])('says how it is used when asked %j', async (words: string[]) => {
    await expect(selfosWork(...words)).rejects.toMatchObject({ exitCode: 64 });
  });

  it('says that there is no such job', async () => {
    await expect(selfosWork('show', ADA)).rejects.toMatchObject({ exitCode: 1, message: `There is no job ${ADA}.` });
  });
});
