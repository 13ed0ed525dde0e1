import { claimOf, type Claim } from '../../domain/job.js';
import { moved } from '../../domain/job-state.js';
import type { JsonValue } from '../../domain/json.js';
import { WorkStore, type BegunStep, type ClaimRequest, type Pause, type StepKey, type StepOutput } from '../../domain/work-store.js';
import { LeaseLost } from '../../domain/work.errors.js';
import type { InMemoryJobs, StoredJob } from './in-memory-jobs.js';

type Held<S extends 'running' | 'compensating' = 'running' | 'compensating'> = StoredJob & { readonly state: S };

const FORWARD = { attempt: 0, abandoned: 0, checkpoint: undefined, errorClass: undefined, awaySinceMs: undefined };
const ANEW = { step: undefined, attempt: 0, abandoned: 0, checkpoint: undefined, progress: 0, undoable: false, undoOf: undefined, awaySinceMs: undefined };

/** For specs: one process, nothing survives it. */
export class InMemoryWorkStore extends WorkStore {
  constructor(private readonly jobs: InMemoryJobs) {
    super();
  }

  async claim(request: ClaimRequest): Promise<Claim[]> {
    const due = this.free(request.kinds).filter((job) => job.runAt <= request.dueBy);
    return inTurns(due).slice(0, request.limit).map((job) => this.take(job, request.leaseMs));
  }

  async renewAll(claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>> {
    const lost = claims.filter((claim) => this.find(claim) === undefined);
    for (const claim of claims) {
      const job = this.find(claim);
      if (job !== undefined) this.jobs.change(job, { leaseUntilMs: this.jobs.realNowMs() + leaseMs });
    }
    return new Set(lost.map(({ id }) => id));
  }

  async release(claim: Claim): Promise<void> {
    this.setAside(this.mine(claim), {});
    this.jobs.announce();
  }

  async pause(claim: Claim, { delayMs, errorClass, because }: Pause): Promise<void> {
    const job = this.mine(claim);
    const now = this.jobs.realNowMs();
    const cause = because === 'outage' ? { awaySinceMs: job.awaySinceMs ?? now } : { awaySinceMs: undefined, attempt: job.attempt + 1 };
    this.setAside(job, { ...cause, errorClass, leaseUntilMs: now + delayMs });
  }

  async beginStep(claim: Claim, key: StepKey, undoable: boolean): Promise<StepOutput | undefined> {
    const job = this.mine(claim);
    if (undoable && !job.undoable) this.jobs.change(job, { undoable });
    const begun = this.steps(claim).find((step) => step.step === key.step && step.inputHash === key.inputHash);
    if (begun === undefined) this.jobs.steps.set(claim.id, [...this.steps(claim), { ...key, output: undefined }]);
    return begun?.output === undefined ? undefined : { ...key, output: begun.output };
  }

  async saveStep(claim: Claim, output: StepOutput): Promise<void> {
    this.mine(claim);
    const others = this.steps(claim).filter((step) => step.step !== output.step || step.inputHash !== output.inputHash);
    this.jobs.steps.set(claim.id, [...others, output]);
  }

  async begunSteps(claim: Claim): Promise<BegunStep[]> {
    return this.steps(claim);
  }

  async saveCheckpoint(claim: Claim, checkpoint: JsonValue): Promise<void> {
    this.jobs.change(this.mine(claim), { checkpoint });
  }

  async advance(claim: Claim, nextStep: string, undoable: boolean): Promise<void> {
    const job = this.running(claim);
    this.jobs.change(job, { ...FORWARD, step: nextStep, undoable: job.undoable || undoable });
  }

  async finish(claim: Claim): Promise<void> {
    this.jobs.move(this.running(claim), 'done', FORWARD);
  }

  async finishAll(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const ours = claims.filter((claim) => this.find(claim) !== undefined);
    for (const claim of ours) await this.finish(claim);
    return new Set(ours.map(({ id }) => id));
  }

  async bookAgain(claim: Claim, runAt: Date): Promise<void> {
    this.anew(this.mine(claim), runAt, undefined);
  }

  async fail(claim: Claim, errorClass: string, again?: Date): Promise<void> {
    const job = this.mine(claim);
    const end = { errorClass, attempt: 0, awaySinceMs: undefined };
    if (job.state === 'running' && job.undoable) this.jobs.move({ ...job, state: job.state }, 'compensating', { ...end, undoOf: 'failure', abandoned: 0, fence: job.fence + 1n });
    else if (again === undefined) this.jobs.move(job, 'failed', end);
    else return this.anew(job, again, errorClass);
    this.jobs.announce();
  }

  async stepBack(claim: Claim, step: string, before: string): Promise<void> {
    this.jobs.change(this.mine(claim), { step: before, attempt: 0, awaySinceMs: undefined, checkpoint: undefined });
    this.jobs.steps.set(claim.id, this.steps(claim).filter((begun) => begun.step !== step));
  }

  async endUndo(claim: Claim, again?: Date): Promise<void> {
    const job = this.mine(claim);
    this.jobs.steps.delete(job.id);
    if (again !== undefined) this.anew(job, again, job.errorClass);
    else if (job.state === 'compensating') this.jobs.move({ ...job, state: job.state }, 'compensated', { checkpoint: undefined, awaySinceMs: undefined });
    else throw new LeaseLost();
  }

  async saveProgress(claim: Claim, done: number): Promise<void> {
    this.jobs.change(this.mine(claim), { progress: Math.min(1, Math.max(0, done)) });
  }

  async sweep(keptMs: number): Promise<number> {
    const before = this.jobs.realNowMs() - keptMs;
    const isOver = ({ state }: StoredJob) => state === 'done' || state === 'failed' || state === 'cancelled' || state === 'compensated';
    const lastMs = (job: StoredJob) => (job.state === 'done' ? Math.max(job.changedAtMs, job.runAt.getTime()) : job.changedAtMs);
    const old = this.jobs.all().filter((job) => isOver(job) && lastMs(job) < before);
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

  private take(job: StoredJob, leaseMs: number): Claim {
    const hold = { held: true, fence: job.fence + 1n, abandoned: job.abandoned + (job.held ? 1 : 0), leaseUntilMs: this.jobs.realNowMs() + leaseMs };
    if (job.state === 'booked' || job.state === 'waiting') this.jobs.move({ ...job, state: job.state }, 'running', hold);
    else this.jobs.change(job, hold);
    const state = job.state === 'compensating' ? job.state : 'running';
    const awayMs = job.awaySinceMs === undefined ? 0 : this.jobs.realNowMs() - job.awaySinceMs;
    return claimOf(job, { state, undoOf: job.undoOf, fence: hold.fence, abandoned: hold.abandoned, awayMs });
  }

  /** Out of these hands: what is taken back stays so, anything else waits. */
  private setAside(job: Held, change: Omit<Partial<StoredJob>, 'state'>): void {
    const free = { held: false, leaseUntilMs: undefined, ...change };
    if (job.state === 'running') this.jobs.move({ ...job, state: job.state }, 'waiting', free);
    else this.jobs.change(job, free);
  }

  private anew(job: Held, runAt: Date, errorClass: string | undefined): void {
    this.jobs.steps.delete(job.id);
    const fresh = { ...ANEW, runAt, fence: job.fence + 1n, errorClass, held: false, leaseUntilMs: undefined };
    this.jobs.put({ ...job, ...fresh, state: moved(job.state, 'booked'), changedAtMs: this.jobs.realNowMs() });
    this.jobs.announce();
  }

  private free(kinds: readonly string[]): StoredJob[] {
    const now = this.jobs.realNowMs();
    const open = this.jobs.all().filter(({ state }) => state === 'booked' || state === 'running' || state === 'waiting' || state === 'compensating');
    const free = open.filter((job) => kinds.includes(job.kind) && (job.leaseUntilMs === undefined || job.leaseUntilMs <= now));
    return free.sort((a, b) => a.runAt.getTime() - b.runAt.getTime() || (a.id < b.id ? -1 : 1));
  }

  private find(claim: Claim): Held | undefined {
    const job = this.jobs.get(claim.id);
    if (job === undefined || job.fence !== claim.fence || !job.held) return undefined;
    return job.state === 'running' || job.state === 'compensating' ? { ...job, state: job.state } : undefined;
  }

  private mine(claim: Claim): Held {
    const job = this.find(claim);
    if (job === undefined) throw new LeaseLost();
    return job;
  }

  private running(claim: Claim): Held<'running'> {
    const job = this.mine(claim);
    if (job.state !== 'running') throw new LeaseLost();
    return { ...job, state: job.state };
  }

  private steps(claim: Claim): BegunStep[] {
    return this.jobs.steps.get(claim.id) ?? [];
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
