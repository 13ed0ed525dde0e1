import type { Claim } from '../domain/job.js';
import type { JobHandler } from '../domain/job-handler.js';
import { JobKeeper } from './job-keeper.js';
import { runnerSettings, type RunnerSettings, type WorkRunnerOptions, type WorkRunnerParts } from './runner-options.js';
import { Sleeper } from './sleeper.js';

/** Least pause when due jobs are locked by someone else, so that waiting for them burns nothing. */
const BREATH_MS = 20;
const HOUR_MS = 3_600_000;
/** How long others may end too before few free hands ask for more, while much is due. */
const GATHER_MS = 4;

/**
 * Does what falls due: claims jobs of its handlers' kinds under a lease, runs their steps, and sleeps until the next due time or a
 * wake-up. Any number of runners, in any number of processes, share one table.
 */
export class WorkRunner {
  private readonly settings: RunnerSettings;
  private readonly handlers: ReadonlyMap<string, JobHandler>;
  private readonly keeper: JobKeeper;
  private readonly sleeper = new Sleeper();
  private readonly running = new Set<Promise<void>>();
  private readonly stopClaiming = new AbortController();
  private loop: Promise<void> | undefined;
  private sweeper: NodeJS.Timeout | undefined;
  /** Whether the last look found as much as there were hands for. */
  private muchIsDue = false;
  /** Domain time that the sleep now begun is for. */
  private asleepUntilMs = 0;
  private endListening: (() => Promise<void>) | undefined;

  constructor(
    private readonly parts: WorkRunnerParts,
    handlers: readonly JobHandler[],
    options: WorkRunnerOptions = {},
  ) {
    this.settings = runnerSettings(options);
    this.handlers = new Map(handlers.map((handler) => [handler.kind, handler]));
    this.keeper = new JobKeeper(parts, this.settings);
  }

  async start(): Promise<void> {
    if (this.loop !== undefined || this.handlers.size === 0) return;
    this.endListening = await this.parts.store.listen((dueMs) => this.hear(dueMs));
    this.sweeper = setInterval(() => void this.parts.store.sweep(this.settings.keptMs).catch(() => undefined), HOUR_MS);
    this.sweeper.unref();
    this.loop = this.claimUntilStopped();
  }

  /** Look again now: something may have fallen due, for example because the clock was moved. */
  wake(): void {
    this.sleeper.wake();
  }

  /** Claims nothing more, lets running jobs end within the grace, then aborts them and gives them back. */
  async stop(): Promise<void> {
    this.stopClaiming.abort();
    this.wake();
    clearInterval(this.sweeper);
    await this.loop;
    await this.endListening?.();
    const timer = setTimeout(() => this.keeper.abort(), this.settings.graceMs);
    await Promise.all(this.running);
    clearTimeout(timer);
  }

  /** Called by Nest once everything is wired. */
  onApplicationBootstrap(): Promise<void> {
    return this.start();
  }

  /** Called by Nest before connections close. */
  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** What was booked for later than the next look needs none now. */
  private hear(dueMs: number | undefined): void {
    if (dueMs === undefined || dueMs < this.asleepUntilMs) this.wake();
  }

  private async claimUntilStopped(): Promise<void> {
    while (!this.stopClaiming.signal.aborted) {
      try {
        await this.gather();
        const free = this.settings.concurrency - this.running.size;
        const claimed = await this.claim(free);
        this.muchIsDue = claimed === free;
        if (claimed < free || free === 0) await this.sleeper.sleep(await this.untilNext(free));
      } catch (error) {
        this.parts.logger.warn('The work table could not be read', { error });
        await this.sleeper.sleep(this.settings.pollMs);
      }
    }
  }

  /** One statement for many jobs costs little more than for one. */
  private async gather(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const { concurrency } = this.settings;
    if (this.muchIsDue && this.running.size > concurrency * 0.75) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
  }

  private async claim(limit: number): Promise<number> {
    if (limit <= 0) return 0;
    const dueBy = this.parts.clock.now();
    const claims = await this.parts.store.claim({ kinds: [...this.handlers.keys()], limit, dueBy, leaseMs: this.settings.leaseMs });
    for (const claim of claims) this.begin(claim);
    return claims.length;
  }

  private begin(claim: Claim): void {
    const handler = this.handlers.get(claim.kind);
    if (handler === undefined) return;
    const run = this.keeper.keep(claim, handler).finally(() => {
      this.running.delete(run);
      this.wake();
    });
    this.running.add(run);
  }

  private async untilNext(free: number): Promise<number> {
    const { pollMs } = this.settings;
    this.asleepUntilMs = Number.MAX_SAFE_INTEGER;
    const sleep = free <= 0 ? pollMs : await this.untilDue();
    this.asleepUntilMs = this.parts.clock.nowMs() + sleep;
    return sleep;
  }

  private async untilDue(): Promise<number> {
    const next = await this.parts.store.nextDue([...this.handlers.keys()]);
    if (next === undefined) return this.settings.pollMs;
    return Math.min(this.settings.pollMs, Math.max(BREATH_MS, next.getTime() - this.parts.clock.nowMs()));
  }
}
