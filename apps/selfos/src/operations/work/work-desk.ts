import { rootContext, runInContext, currentContext } from '@selfos/observability';
import { DatabaseContext, TypeormTransaction } from '@selfos/persistence';
import { PostgresWork, PostgresWorkList, type JobFilter, type ListedJob, type ListedStep, type Work } from '@selfos/work';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { KnownDatabase } from '../service-databases.js';

/** A job, and the service in whose database it is. */
export interface PlacedJob {
  readonly place: KnownDatabase;
  readonly job: ListedJob;
}

const HAS_WORK = "SELECT to_regclass('work') IS NOT NULL AND to_regclass('work_due') IS NOT NULL AS there";

/** The jobs of all services: read as each service's worker role, changed as its app role on behalf of the job's person. */
export class WorkDesk {
  constructor(private readonly places: readonly KnownDatabase[]) {}

  async list(filter: JobFilter): Promise<PlacedJob[]> {
    const found = await Promise.all(this.places.map((place) => reading(place, async (list) => (await list.list(filter)).map((job) => ({ place, job })))));
    return found.flatMap((jobs) => jobs ?? []);
  }

  async find(id: string): Promise<(PlacedJob & { readonly steps: readonly ListedStep[] }) | undefined> {
    for (const place of this.places) {
      const found = await reading(place, async (list) => {
        const job = await list.find(id);
        return job === undefined ? undefined : { place, job, steps: await list.steps(id) };
      });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Books and cancels as the service itself does. */
  async change<T>({ place, job }: PlacedJob, change: (work: Work) => Promise<T>): Promise<T> {
    const source = new DataSource({ type: 'postgres', url: place.address.appUrl, poolSize: 1, installExtensions: false, extra: { application_name: 'selfos operations' } });
    await source.initialize();
    try {
      const database = new DatabaseContext();
      const transaction = new TypeormTransaction(source, database, () => currentContext()?.userId);
      const person = job.userId === undefined ? {} : { userId: job.userId };
      return await runInContext(rootContext({ kind: 'job', id: job.id }, person), () => transaction.run(() => change(new PostgresWork(database))));
    } finally {
      await source.destroy();
    }
  }
}

/** Undefined where there are no jobs, in a service without any or one that has never started. */
async function reading<T>({ address }: KnownDatabase, read: (list: PostgresWorkList) => Promise<T>): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: address.workerUrl, connectionTimeoutMillis: 5_000, application_name: 'selfos operations' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(HAS_WORK);
    if (rows[0]?.there !== true) return undefined;
    return await read(new PostgresWorkList(async <R>(sql: string, values: readonly unknown[]) => (await client.query(sql, [...values])).rows as R[]));
  } finally {
    await client.end();
  }
}
