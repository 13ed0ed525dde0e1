import { rootContext, runInContext } from '@selfos/observability';
import { retryDelay } from '../domain/backoff.js';
import { errorClass, isHopeless } from '../domain/error-class.js';
import type { Claim } from '../domain/job.js';
import type { JobHandler } from '../domain/job-handler.js';
import { JobAbandoned, LeaseLost } from '../domain/work.errors.js';
import type { JsonObject } from '../domain/json.js';
import { Finisher } from './finisher.js';
import { keepLease } from './heartbeat.js';
import { JobRun } from './job-run.js';
import type { RunnerSettings, WorkRunnerParts } from './runner-options.js';
import { undoRequest } from './undo-handler.js';

/** A job whose run has ended badly. */
interface Ended {
  readonly claim: Claim;
  readonly handler: JobHandler;
  readonly outputs: JsonObject;
}

/** Runs one claimed job on behalf of its person and settles how it ended: done, tried again later, given back or failed. Never throws. */
export class JobKeeper {
  private readonly finisher: Finisher;

  constructor(
    private readonly parts: WorkRunnerParts,
    private readonly settings: RunnerSettings,
  ) {
    this.finisher = new Finisher(parts.store);
  }

  async keep(claim: Claim, handler: JobHandler, stopping: AbortSignal): Promise<void> {
    const person = claim.userId === undefined ? {} : { userId: claim.userId };
    await runInContext(rootContext({ kind: 'job', id: claim.id }, person), async () => {
      try {
        await this.run(claim, handler, stopping);
      } catch (error) {
        // The table could not be told: the lease runs out and another try finds the job as it is.
        this.parts.logger.warn('A job could not be settled', { job: claim.id, kind: claim.kind, error });
      }
    });
  }

  private async run(claim: Claim, handler: JobHandler, stopping: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const signal = AbortSignal.any([stopping, lost.signal]);
    const endHeartbeat = keepLease(this.parts.store, claim, { leaseMs: this.settings.leaseMs, onLost: (error) => lost.abort(error) });
    const run = new JobRun({ ...this.parts, finisher: this.finisher }, handler, claim);
    try {
      if (claim.abandoned > this.settings.maxAbandoned) throw new JobAbandoned();
      await run.toEnd(signal);
    } catch (error) {
      await this.settle({ claim: run.standing, handler, attempt: run.attempt, outputs: run.known, stopping }, error);
    } finally {
      endHeartbeat();
    }
  }

  private async settle(run: Ended & { attempt: number; stopping: AbortSignal }, error: unknown): Promise<void> {
    const { claim } = run;
    const fields = { job: claim.id, kind: claim.kind, step: claim.step, attempt: run.attempt + 1, error };
    if (error instanceof LeaseLost) {
      this.parts.logger.info('A job was taken over or cancelled', { job: claim.id, kind: claim.kind });
      return;
    }
    if (run.stopping.aborted) return this.parts.store.release(claim);
    const finished = isHopeless(error) || error instanceof JobAbandoned || run.attempt + 1 >= claim.maxAttempts;
    if (!finished) {
      this.parts.logger.warn('A job step failed and will be tried again', fields);
      return this.parts.store.retryLater(claim, { delayMs: retryDelay(run.attempt + 1, this.settings.backoff), errorClass: errorClass(error) });
    }
    this.parts.logger.error('A job failed', fields);
    await this.fail(run, error);
  }

  /** What recurs comes again all the same; what was done and can be taken back is booked to be taken back. */
  private async fail({ claim, handler, outputs }: Ended, error: unknown): Promise<void> {
    const { store, clock, work, transaction } = this.parts;
    const reason = errorClass(error);
    await transaction.run(async () => {
      const again = handler.again?.(claim);
      if (again === undefined) await store.fail(claim, reason);
      else await store.bookAgain(claim, again, reason);
      await handler.onFailed?.(claim, reason);
      const undo = undoRequest(handler, claim, { outputs, now: clock.now() });
      if (undo !== undefined) await work?.enqueue(undo);
    });
  }
}
