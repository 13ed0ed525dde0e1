import { uuidv7 } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { jobOf, type Job } from '../../domain/job.js';
import { Work, type EnqueueOutcome, type EnqueueRequest } from '../../domain/work.js';
import { recordOf, USUAL_ATTEMPTS, type JobRow } from './work-row.js';
import * as sql from './work-sql.js';

/** Characters of a payload that what is due has room for: a claim writes it anew. */
const MOST_BRIEF = 200;

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
    const [payload, maxAttempts, priority] = [JSON.stringify(request.payload ?? {}), request.maxAttempts ?? USUAL_ATTEMPTS, request.priority ?? 0];
    const brief = payload.length <= MOST_BRIEF && maxAttempts === USUAL_ATTEMPTS ? payload : null;
    const [created] = await this.query<Put>(sql.BOOK, [uuidv7(), kind, key, userId ?? null, runAt, payload, maxAttempts, priority, brief]);
    if (created !== undefined) return created.outcome;
    const [put] = await this.query<Put>(sql.REBOOK, [kind, key, runAt, priority, payload, maxAttempts, brief]);
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
