import { uuidv7 } from '@selfos/kernel';
import { jobOf, type Job } from '../../domain/job.js';
import { canMove } from '../../domain/job-state.js';
import { Work, type EnqueueOutcome, type EnqueueRequest } from '../../domain/work.js';
import type { InMemoryJobs, StoredJob } from './in-memory-jobs.js';

/** For specs: takes effect at once; `InMemoryWorkTransaction` undoes it on a throw. */
export class InMemoryWork extends Work {
  constructor(private readonly jobs: InMemoryJobs) {
    super();
  }

  async enqueue(request: EnqueueRequest): Promise<EnqueueOutcome> {
    const outcome = this.book(request);
    if (outcome !== 'kept') this.jobs.announce();
    return outcome;
  }

  async cancel(kind: string, key: string): Promise<boolean> {
    const job = this.jobs.find(kind, key);
    if (job === undefined || !canMove(job.state, 'cancelled')) return false;
    const change = { fence: job.fence + 1n, attempt: 0, awaySinceMs: undefined };
    if (job.undoable && (job.state === 'running' || job.state === 'waiting')) {
      this.jobs.move({ ...job, state: job.state }, 'compensating', { ...change, abandoned: 0, undoOf: 'cancel' });
    } else if (job.state === 'booked' || job.state === 'running' || job.state === 'waiting') this.jobs.move({ ...job, state: job.state }, 'cancelled', change);
    this.jobs.announce();
    return true;
  }

  async retry(kind: string, key: string): Promise<boolean> {
    const job = this.jobs.find(kind, key);
    const change = { fence: (job?.fence ?? 0n) + 1n, attempt: 0, abandoned: 0, awaySinceMs: undefined };
    if (job?.state === 'failed') this.jobs.move({ ...job, state: job.state }, job.undoOf === undefined ? 'waiting' : 'compensating', { ...change, undoable: job.undoOf !== undefined });
    else if (job?.state === 'compensated' && job.undoOf === 'failure') {
      this.jobs.move({ ...job, state: job.state }, 'booked', { ...change, undoOf: undefined, errorClass: undefined, step: undefined, progress: 0, undoable: false });
    } else return false;
    this.jobs.announce();
    return true;
  }

  async find(kind: string, key: string): Promise<Job | undefined> {
    const job = this.jobs.find(kind, key);
    return job === undefined ? undefined : jobOf({ ...job, away: job.awaySinceMs !== undefined });
  }

  private book(request: EnqueueRequest): EnqueueOutcome {
    const existing = this.jobs.find(request.kind, request.key);
    const row = this.newRow(request);
    if (existing === undefined) {
      this.jobs.put(row);
      return 'created';
    }
    const { id: _id, state: _state, ...fresh } = { ...row, fence: existing.fence + 1n };
    if (existing.state === 'booked') this.jobs.change(existing, fresh);
    else if (existing.state === 'waiting' && existing.step === undefined && !existing.undoable) this.jobs.move({ ...existing, state: existing.state }, 'booked', fresh);
    else if (existing.state === 'cancelled' || (existing.state === 'compensated' && existing.undoOf === 'cancel')) {
      this.jobs.move({ ...existing, state: existing.state }, 'booked', fresh);
      return 'revived';
    } else return 'kept';
    return 'moved';
  }

  private newRow(request: EnqueueRequest): StoredJob {
    const { kind, key, userId, runAt } = request;
    const fresh = { attempt: 0, abandoned: 0, step: undefined, checkpoint: undefined, errorClass: undefined, leaseUntilMs: undefined, undoOf: undefined, awaySinceMs: undefined };
    const asked = { payload: request.payload ?? {}, maxAttempts: request.maxAttempts ?? 5, priority: request.priority ?? 0, progress: 0 };
    const idle = { held: false, undoable: false, away: false, changedAtMs: this.jobs.realNowMs() };
    return { id: uuidv7(), kind, key, userId, runAt, state: 'booked', fence: 0n, ...asked, ...fresh, ...idle };
  }
}
