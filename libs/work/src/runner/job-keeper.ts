import { rootContext, runInContext } from '@selfos/observability';
import { outageDelay, retryDelay } from '../domain/backoff.js';
import { errorClass, isHopeless, isOutage } from '../domain/error-class.js';
import type { Claim } from '../domain/job.js';
import type { JobHandler } from '../domain/job-handler.js';
import { JobAbandoned, LeaseLost } from '../domain/work.errors.js';
import type { Pause } from '../domain/work-store.js';
import { Finisher } from './finisher.js';
import { Holdings, type Holding } from './holdings.js';
import { JobRun } from './job-run.js';
import type { RunnerSettings, WorkRunnerParts } from './runner-options.js';
import { UndoRun } from './undo-run.js';

/** Runs one claimed job on behalf of its person and settles how it ended: done, tried again later, given back or failed. Never throws. */
export class JobKeeper {
  private readonly finisher: Finisher;
  private readonly holdings: Holdings;

  constructor(
    private readonly parts: WorkRunnerParts,
    private readonly settings: RunnerSettings,
  ) {
    this.finisher = new Finisher(parts.store);
    this.holdings = new Holdings(parts.store, settings.leaseMs, parts.logger);
  }

  async keep(claim: Claim, handler: JobHandler): Promise<void> {
    const person = claim.userId === undefined ? {} : { userId: claim.userId };
    await runInContext(rootContext({ kind: 'job', id: claim.id }, person), async () => {
      try {
        await this.run(claim, handler);
      } catch (error) {
        // The table could not be told: the lease runs out and another try finds the job as it is.
        this.parts.logger.warn('A job could not be settled', { job: claim.id, kind: claim.kind, error });
      }
    });
  }

  /** Whatever still runs is to give up; it is given back. */
  abort(): void {
    this.holdings.stop();
  }

  private async run(claim: Claim, handler: JobHandler): Promise<void> {
    const holding = this.holdings.take(claim);
    const run = this.runOf(holding, handler);
    try {
      if (claim.abandoned > this.settings.maxAbandoned) throw new JobAbandoned();
      await run.toEnd();
    } catch (error) {
      await this.settle(run.standing, handler, error);
    } finally {
      this.holdings.leave(holding);
    }
  }

  private runOf(holding: Holding, handler: JobHandler): JobRun | UndoRun {
    if (holding.claim.state === 'compensating') return new UndoRun(this.parts, handler, holding);
    return new JobRun({ ...this.parts, finisher: this.finisher }, handler, holding);
  }

  private async settle(claim: Claim, handler: JobHandler, error: unknown): Promise<void> {
    const fields = { job: claim.id, kind: claim.kind, step: claim.step, attempt: claim.attempt + 1, error };
    if (error instanceof LeaseLost) {
      this.parts.logger.info('A job was taken over or cancelled', { job: claim.id, kind: claim.kind });
      return;
    }
    if (this.holdings.isStopping) return this.parts.store.release(claim);
    const pause = this.pauseAfter(claim, handler, error);
    if (pause === undefined) {
      this.parts.logger.error('A job failed', fields);
      return this.fail(claim, handler, error);
    }
    this.parts.logger.warn(pause.because === 'outage' ? 'A job waits for what it needs' : 'A job step failed and will be tried again', fields);
    await this.parts.transaction.run(async () => {
      if (pause.because === 'outage') await handler.onWaiting?.(claim);
      await this.parts.store.pause(claim, pause);
    });
  }

  /** How long to wait for the next try; undefined when there is none. What is away is waited for up to the handler's patience. */
  private pauseAfter(claim: Claim, handler: JobHandler, error: unknown): Pause | undefined {
    if (isHopeless(error) || error instanceof JobAbandoned) return undefined;
    const { backoff, patienceMs } = this.settings;
    const reason = errorClass(error);
    if (isOutage(error)) {
      if (claim.awayMs >= (handler.patienceMs ?? patienceMs)) return undefined;
      return { because: 'outage', errorClass: reason, delayMs: outageDelay(claim.awayMs, backoff) };
    }
    if (claim.attempt + 1 >= claim.maxAttempts) return undefined;
    return { because: 'failure', errorClass: reason, delayMs: retryDelay(claim.attempt + 1, backoff) };
  }

  /** What recurs comes again all the same; what was done and can be taken back is taken back first. */
  private async fail(claim: Claim, handler: JobHandler, error: unknown): Promise<void> {
    const reason = errorClass(error);
    await this.parts.transaction.run(async () => {
      if (claim.state === 'running') await handler.onFailed?.(claim, reason);
      await this.parts.store.fail(claim, reason, claim.state === 'running' ? handler.again?.(claim) : undefined);
    });
  }
}
