import { uuidv7 } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { jobOf, type Job } from '../../domain/job.js';
import { Work, type EnqueueOutcome, type EnqueueRequest } from '../../domain/work.js';
import { recordOf, type JobRow } from './work-row.js';
import * as sql from './work-sql.js';

interface Put {
  readonly outcome: EnqueueOutcome;
}

/** Books jobs in the service's own tables, as its `_app` role, in the transaction that is open. */
export class PostgresWork extends Work {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async enqueue(request: EnqueueRequest): Promise<EnqueueOutcome> {
    const { kind, key, userId, runAt } = request;
    const [payload, maxAttempts, priority] = [JSON.stringify(request.payload ?? {}), request.maxAttempts ?? 5, request.priority ?? 0];
    const [created] = await this.query<Put>(sql.BOOK, [uuidv7(), kind, key, userId ?? null, runAt, payload, maxAttempts, priority]);
    if (created !== undefined) return created.outcome;
    const [put] = await this.query<Put>(sql.REBOOK, [kind, key, runAt, priority, payload, maxAttempts]);
    return put?.outcome ?? 'kept';
  }

  async cancel(kind: string, key: string): Promise<boolean> {
    return (await this.query(sql.CANCEL, [kind, key])).length > 0;
  }

  async retry(kind: string, key: string): Promise<boolean> {
    return (await this.query(sql.RETRY, [kind, key])).length > 0;
  }

  async find(kind: string, key: string): Promise<Job | undefined> {
    const [row] = await this.query<JobRow>(sql.FIND, [kind, key]);
    return row === undefined ? undefined : jobOf(recordOf(row));
  }

  private query<T>(statement: string, values: readonly unknown[]): Promise<T[]> {
    return this.database.manager().query<T[]>(statement, [...values]);
  }
}
