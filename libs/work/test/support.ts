import { rootContext, runInContext } from '@selfos/observability';
import { JobHandler, type JobStep, type JsonValue, type RunningJob } from '../src/index.js';
import type { WorkHarness } from './work-harness.js';

export const ADA = '018f0000-0000-7000-8000-00000000000a';
export const NINE = new Date('2026-11-23T09:00:00Z');
export const QUICK = { pollMs: 20, leaseMs: 20_000, backoff: { baseMs: 5, capMs: 10 } };

export function asAda<T>(work: () => Promise<T>): Promise<T> {
  return runInContext(rootContext({ kind: 'request', id: 'spec' }, { userId: ADA }), work);
}

/** Books a job for Ada in a transaction of its own. */
export function book(harness: WorkHarness, kind: string, more: { key?: string; runAt?: Date; payload?: Record<string, JsonValue>; maxAttempts?: number } = {}) {
  const { key = 'one', runAt = NINE, ...rest } = more;
  return asAda(() => harness.transaction.run(() => harness.work.enqueue({ kind, key, userId: ADA, runAt, ...rest })));
}

export function findJob(harness: WorkHarness, kind: string, key = 'one') {
  return asAda(() => harness.transaction.run(() => harness.work.find(kind, key)));
}

export class TestHandler extends JobHandler {
  failures: string[] = [];

  constructor(
    override readonly kind: string,
    override readonly steps: readonly JobStep[],
  ) {
    super();
  }

  override async onFailed(job: { key: string }, errorClass: string): Promise<void> {
    this.failures.push(`${job.key}: ${errorClass}`);
  }
}

/** One step that leaves the job's key as its effect. */
export function leavesKey(harness: WorkHarness, kind: string): TestHandler {
  return new TestHandler(kind, [{ name: 'leave', commit: (job) => harness.leaveEffect(job.key) }]);
}

export function until(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

export type { RunningJob };
