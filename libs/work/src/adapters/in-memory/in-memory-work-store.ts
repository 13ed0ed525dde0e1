import type { Claim } from '../../domain/job.js';
import type { JsonValue } from '../../domain/json.js';
import { WorkStore, type ClaimRequest, type StepKey, type StepOutput } from '../../domain/work-store.js';
import { LeaseLost } from '../../domain/work.errors.js';
import type { InMemoryJobs, StoredJob } from './in-memory-jobs.js';

/** For specs: one process, nothing survives it. */
export class InMemoryWorkStore extends WorkStore {
  constructor(private readonly jobs: InMemoryJobs) {
    super();
  }

  async claim(request: ClaimRequest): Promise<Claim[]> {
    const due = this.free(request.kinds).filter((job) => job.runAt <= request.dueBy);
    return inTurns(due).slice(0, request.limit).map((job) => {
      const abandoned = job.abandoned + (job.state === 'running' ? 1 : 0);
      this.jobs.change(job, { state: 'running', fence: job.fence + 1n, abandoned, leaseUntilMs: this.jobs.realNowMs() + request.leaseMs });
      return { ...job, state: 'running', fence: job.fence + 1n, abandoned };
    });
  }

  async renew(claim: Claim, leaseMs: number): Promise<void> {
    this.jobs.change(this.mine(claim), { leaseUntilMs: this.jobs.realNowMs() + leaseMs });
  }

  async release(claim: Claim): Promise<void> {
    this.jobs.change(this.mine(claim), { state: 'pending', leaseUntilMs: undefined });
    this.jobs.announce();
  }

  async retryLater(claim: Claim, retry: { delayMs: number; errorClass: string }): Promise<void> {
    const job = this.mine(claim);
    const leaseUntilMs = this.jobs.realNowMs() + retry.delayMs;
    this.jobs.change(job, { state: 'pending', attempt: job.attempt + 1, errorClass: retry.errorClass, leaseUntilMs });
  }

  async beginStep(claim: Claim, key: StepKey): Promise<StepOutput | undefined> {
    this.mine(claim);
    return this.outputsOf(claim).find((output) => output.step === key.step && output.inputHash === key.inputHash);
  }

  async saveStep(claim: Claim, output: StepOutput): Promise<void> {
    this.mine(claim);
    this.jobs.outputs.set(claim.id, [...this.outputsOf(claim), output]);
  }

  async stepOutputs(claim: Claim): Promise<StepOutput[]> {
    return this.outputsOf(claim);
  }

  async saveCheckpoint(claim: Claim, checkpoint: JsonValue): Promise<void> {
    this.jobs.change(this.mine(claim), { checkpoint });
  }

  async advance(claim: Claim, nextStep: string | undefined): Promise<void> {
    const forward = { attempt: 0, abandoned: 0, checkpoint: undefined, errorClass: undefined };
    const end = { state: 'done' as const, leaseUntilMs: undefined, progress: 1, finishedAtMs: this.jobs.realNowMs() };
    this.jobs.change(this.mine(claim), { ...forward, ...(nextStep === undefined ? end : { step: nextStep }) });
  }

  async fail(claim: Claim, errorClass: string): Promise<void> {
    this.jobs.change(this.mine(claim), { state: 'failed', errorClass, leaseUntilMs: undefined, finishedAtMs: this.jobs.realNowMs() });
  }

  async finishAll(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const ours = claims.filter((claim) => this.isMine(claim));
    for (const claim of ours) await this.advance(claim, undefined);
    return new Set(ours.map(({ id }) => id));
  }

  async bookAgain(claim: Claim, runAt: Date, errorClass?: string): Promise<void> {
    const job = this.mine(claim);
    const anew = { step: undefined, attempt: 0, abandoned: 0, checkpoint: undefined, leaseUntilMs: undefined, progress: 0 };
    this.jobs.change(job, { ...anew, state: 'pending', runAt, fence: job.fence + 1n, errorClass });
    this.jobs.announce();
  }

  async saveProgress(claim: Claim, done: number): Promise<void> {
    this.jobs.change(this.mine(claim), { progress: Math.min(1, Math.max(0, done)) });
  }

  async sweep(keptMs: number): Promise<number> {
    const old = this.jobs.all().filter((job) => job.finishedAtMs !== undefined && job.finishedAtMs < this.jobs.realNowMs() - keptMs);
    for (const { id } of old) this.jobs.delete(id);
    return old.length;
  }

  async nextDue(kinds: readonly string[]): Promise<Date | undefined> {
    return this.free(kinds)[0]?.runAt;
  }

  async listen(onWake: () => void): Promise<() => Promise<void>> {
    const end = this.jobs.onChange(onWake);
    return async () => end();
  }

  private free(kinds: readonly string[]): StoredJob[] {
    const now = this.jobs.realNowMs();
    const open = this.jobs.all().filter((job) => job.state === 'pending' || job.state === 'running');
    const free = open.filter((job) => kinds.includes(job.kind) && (job.leaseUntilMs === undefined || job.leaseUntilMs <= now));
    return free.sort((a, b) => a.runAt.getTime() - b.runAt.getTime() || (a.id < b.id ? -1 : 1));
  }

  private isMine(claim: Claim): boolean {
    const job = this.jobs.get(claim.id);
    return job?.fence === claim.fence && job.state === 'running';
  }

  private mine(claim: Claim): StoredJob {
    const job = this.jobs.get(claim.id);
    if (job === undefined || job.fence !== claim.fence || job.state !== 'running') throw new LeaseLost();
    return job;
  }

  private outputsOf(claim: Claim): StepOutput[] {
    return this.jobs.outputs.get(claim.id) ?? [];
  }
}

/** The urgent first; of the others the oldest, a turn to each person. `due` comes in the order of due times. */
function inTurns(due: readonly StoredJob[]): StoredJob[] {
  const turns = new Map<string, number>();
  const dealt = due.map((job, index) => {
    const person = job.userId ?? job.id;
    const turn = turns.get(person) ?? 0;
    if (job.priority === 0) turns.set(person, turn + 1);
    return { job, turn, index };
  });
  return dealt.toSorted((a, b) => b.job.priority - a.job.priority || (a.job.priority > 0 ? 0 : a.turn - b.turn) || a.index - b.index).map(({ job }) => job);
}
