import { uuidv7 } from '@selfos/kernel';
import type { Job } from '../../domain/job.js';
import { Work, type EnqueueOutcome, type EnqueueRequest } from '../../domain/work.js';
import type { InMemoryJobs, StoredJob } from './in-memory-jobs.js';

/** For specs: takes effect at once; `InMemoryWorkTransaction` undoes it on a throw. */
export class InMemoryWork extends Work {
  constructor(private readonly jobs: InMemoryJobs) {
    super();
  }

  async enqueue(request: EnqueueRequest): Promise<EnqueueOutcome> {
    const existing = this.jobs.find(request.kind, request.key);
    if (existing === undefined) this.jobs.put(newRow(request));
    else if (isOpen(existing)) this.jobs.change(existing, again(existing, request));
    else return 'kept';
    this.jobs.announce();
    if (existing === undefined) return 'created';
    return existing.state === 'cancelled' ? 'revived' : 'moved';
  }

  async cancel(kind: string, key: string): Promise<boolean> {
    const job = this.jobs.find(kind, key);
    if (job === undefined || (job.state !== 'pending' && job.state !== 'running')) return false;
    this.jobs.change(job, { state: 'cancelled', fence: job.fence + 1n, leaseUntilMs: undefined });
    return true;
  }

  async find(kind: string, key: string): Promise<Job | undefined> {
    return this.jobs.find(kind, key);
  }
}

/** May a new booking replace this one? Only what has not begun, or was cancelled. */
function isOpen(job: StoredJob): boolean {
  return job.state === 'cancelled' || (job.state === 'pending' && job.step === undefined);
}

function newRow(request: EnqueueRequest): StoredJob {
  const { kind, key, userId, runAt } = request;
  const fresh = { attempt: 0, abandoned: 0, step: undefined, checkpoint: undefined, errorClass: undefined, leaseUntilMs: undefined };
  const asked = { payload: request.payload ?? {}, maxAttempts: request.maxAttempts ?? 5, priority: request.priority ?? 0, progress: 0, finishedAtMs: undefined };
  return { id: uuidv7(), kind, key, userId, runAt, state: 'pending', fence: 0n, ...asked, ...fresh };
}

function again(existing: StoredJob, request: EnqueueRequest): Partial<StoredJob> {
  return { ...newRow(request), id: existing.id, fence: existing.fence + 1n };
}
