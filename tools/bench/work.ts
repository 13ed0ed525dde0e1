// The work table beside pg-boss: one PostgreSQL, one process, interleaved rounds. Prints one JSON line.
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { SystemClock } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { DatabaseContext, openDatabase, TypeormTransaction, WorkerDatabase } from '@selfos/persistence';
import { databaseFor } from '@selfos/testing/servers';
import { JobHandler, PostgresWorkStore, workMigrations, WorkRunner, type JobStep } from '@selfos/work';
import { processorTime } from './parts/processor-time.js';
import { interleaved, median, percentile, ratio, round2 } from './parts/rounds.js';

const size = process.argv.includes('ci') ? { pending: 50_000, due: 4_000, rounds: 3 } : { pending: 1_000_000, due: 10_000, rounds: 5 };
const KIND = 'bench.remind';
const BATCH = 500;
const FEW = 10_000;
const OVERDUE = { from: -100, to: -1 };
const FAR = { from: 86_400, to: 30 * 86_400 };
const logger = new Logger({ service: 'bench', level: 'CRITICAL' });
const database = new DatabaseContext();
const many = await table('bench_work');
const few = await table('bench_few');
const boss = new PgBoss({ connectionString: many.open.address.adminUrl, supervise: false, schedule: false });
boss.on('error', () => undefined);
await boss.start();
await boss.createQueue('remind');

/** A database with the tables of work, and nothing in them. */
async function table(name: string) {
  const open = await openDatabase({ name: 'bench', databaseUrl: (await databaseFor(name)).url, rows: [], migrations: workMigrations });
  const admin = new pg.Pool({ connectionString: open.address.adminUrl, max: 2 });
  const worker = new WorkerDatabase(open.worker, open.address.workerUrl);
  return { open, admin, worker, store: new PostgresWorkStore(worker, database) };
}
type Table = Awaited<ReturnType<typeof table>>;

/** Jobs of ours for many people, due from `from` to `to` seconds after now. */
async function book({ admin }: Table, count: number, { from, to }: { readonly from: number; readonly to: number }): Promise<void> {
  await admin.query(
    `WITH booked AS (
       INSERT INTO work (id, kind, key, user_id, payload, run_at)
       SELECT uuidv7(), $1, gen_random_uuid()::text, ('018f0000-0000-7000-8000-' || lpad((n % 5000)::text, 12, '0'))::uuid, '{"task":1}',
              now() + ($3::float8 + ($4::float8 - $3::float8) * n / $2) * interval '1 second' FROM generate_series(1, $2::int) AS n
       RETURNING id, user_id, run_at, kind, key, payload)
     INSERT INTO work_due (job, user_id, run_at, kind, key, payload) SELECT id, user_id, run_at, kind, key, payload FROM booked`,
    [KIND, count, from, to],
  );
}

const processor: Record<'work' | 'few' | 'pg-boss', number[]> = { work: [], few: [], 'pg-boss': [] };

/** Jobs a second, claimed and completed in batches; notes the processor's time for one. */
async function measured(name: keyof typeof processor, { admin }: Table, settle: () => Promise<number>): Promise<number> {
  const used = await processorTime(admin);
  const began = performance.now();
  const done = await settle();
  const perSecond = (done / (performance.now() - began)) * 1_000;
  processor[name].push((await used()) / done);
  return perSecond;
}

async function ours(name: 'work' | 'few', at: Table): Promise<number> {
  await book(at, size.due, OVERDUE);
  return measured(name, at, () => settleOurs(at));
}

async function settleOurs({ store }: Table): Promise<number> {
  let done = 0;
  for (;;) {
    const claims = await store.claim({ kinds: [KIND], limit: BATCH, dueBy: new Date(), leaseMs: 20_000 });
    if (claims.length === 0) return done;
    done += (await store.finishAll(claims)).size;
  }
}

async function pgBoss(): Promise<number> {
  for (let at = 0; at < size.due; at += 1_000) await boss.insert('remind', Array.from({ length: 1_000 }, () => ({ data: { task: 1 } })));
  return measured('pg-boss', many, settlePgBoss);
}

async function settlePgBoss(): Promise<number> {
  let done = 0;
  for (;;) {
    const jobs = await boss.fetch('remind', { batchSize: BATCH });
    if (jobs.length === 0) return done;
    await boss.complete('remind', jobs.map(({ id }) => id));
    done += jobs.length;
  }
}

/** Milliseconds of one statement of the worker role. */
async function timeOf(statement: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 200; n += 1) {
    const began = performance.now();
    await statement();
    times.push(performance.now() - began);
  }
  return median(times);
}

/** Milliseconds late, 99th of a hundred, with `count` due within one second. */
async function lateness(count: number): Promise<number> {
  const late: number[] = [];
  const all = Promise.withResolvers<undefined>();
  class Remind extends JobHandler {
    readonly kind = KIND;
    readonly steps: readonly JobStep[] = [
      { name: 'tell', light: true, perform: async (job) => {
        if (late.push(Date.now() - job.runAt.getTime()) === count) all.resolve(undefined);
        return null;
      } },
    ];
  }
  const transaction = new TypeormTransaction(many.open.app, database, () => undefined);
  const runner = new WorkRunner({ store: many.store, transaction, clock: new SystemClock(), logger }, [new Remind()], { concurrency: 2_000, pollMs: 1_000 });
  await runner.start();
  await book(many, count, { from: 2, to: 3 });
  await all.promise;
  await runner.stop();
  return percentile(late, 0.99);
}

await book(many, size.pending, FAR);
await book(few, FEW, FAR);
// as many waiting for pg-boss: its own due times, a day away and more
for (let at = 0; at < size.pending; at += 10_000) await boss.insert('remind', Array.from({ length: 10_000 }, () => ({ data: { task: 1 }, startAfter: 86_400 })));
for (const { admin } of [many, few]) await admin.query('VACUUM ANALYZE');
const figures = await interleaved(
  [
    { name: 'pg-boss, jobs/s', run: pgBoss },
    { name: 'work, jobs/s', run: () => ours('work', many) },
    { name: 'work at 10 k pending, jobs/s', run: () => ours('few', few) },
    { name: 'next due, ms', run: () => timeOf(() => many.store.nextDue([KIND])) },
    { name: 'SELECT 1, ms', run: () => timeOf(() => many.worker.query('SELECT 1')) },
  ],
  size.rounds,
);
const late = await lateness(size.due * 2);
const report = {
  benchmark: 'work', pending: size.pending, rounds: size.rounds,
  median: Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, round2(median(each))])),
  ratios: {
    'work / pg-boss (goal 4)': ratio(figures['work, jobs/s'] ?? [], figures['pg-boss, jobs/s'] ?? []),
    'work / work at 10 k pending (goal 0.9)': ratio(figures['work, jobs/s'] ?? [], figures['work at 10 k pending, jobs/s'] ?? []),
  },
  'processor time a job, both processes, µs': { work: round2(median(processor.work)), 'work at 10 k pending': round2(median(processor.few)), 'pg-boss': round2(median(processor['pg-boss'])), less: ratio(processor['pg-boss'], processor.work) },
  'lateness p99, ms (goal 250)': { due_in_one_second: size.due * 2, ms: late },
};
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exit(0);
