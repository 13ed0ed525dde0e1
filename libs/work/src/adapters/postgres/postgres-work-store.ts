import type { DatabaseContext, WorkerDatabase } from '@selfos/persistence';
import type { Claim } from '../../domain/job.js';
import type { JsonValue } from '../../domain/json.js';
import { WorkStore, type BegunStep, type ClaimRequest, type Pause, type StepKey, type StepOutput } from '../../domain/work-store.js';
import { LeaseLost } from '../../domain/work.errors.js';
import { claimFrom, type ClaimRow } from './work-row.js';
import * as sql from './work-store-sql.js';

interface StepRow {
  readonly step: string;
  readonly input_hash: string;
  readonly status: 'running' | 'done';
  readonly output_ref: JsonValue;
}

/** Claims, leases and keeps outputs as `_worker`; moves a job on inside the `_app` transaction that has its effects. */
export class PostgresWorkStore extends WorkStore {
  constructor(
    private readonly worker: WorkerDatabase,
    private readonly database: DatabaseContext,
  ) {
    super();
  }

  async claim(request: ClaimRequest): Promise<Claim[]> {
    const values = [request.dueBy, request.kinds, request.limit, request.leaseMs];
    const rows = await this.worker.query<ClaimRow[]>(sql.CLAIM, values);
    return rows.sort((a, b) => a.due_ms - b.due_ms).map(claimFrom);
  }

  async renewAll(claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>> {
    const lost = await this.worker.query<{ job: string }[]>(sql.RENEW_ALL, [...pairs(claims), leaseMs]);
    return new Set(lost.map(({ job }) => job));
  }

  async release(claim: Claim): Promise<void> {
    await this.asWorker(claim, sql.RELEASE, []);
  }

  async pause(claim: Claim, { delayMs, errorClass, because }: Pause): Promise<void> {
    await this.inTransaction(claim, sql.PAUSE, [delayMs, errorClass, because === 'failure']);
  }

  async beginStep(claim: Claim, key: StepKey, undoable: boolean): Promise<StepOutput | undefined> {
    const values = [claim.id, claim.fence.toString(), key.step, key.inputHash, undoable];
    const [row] = await this.worker.query<Pick<StepRow, 'status' | 'output_ref'>[]>(sql.BEGIN_STEP, values);
    if (row === undefined) throw new LeaseLost();
    return row.status === 'done' ? { ...key, output: row.output_ref } : undefined;
  }

  async saveStep(claim: Claim, { step, inputHash, output }: StepOutput): Promise<void> {
    await this.asWorker(claim, sql.SAVE_STEP, [step, inputHash, JSON.stringify(output)]);
  }

  async begunSteps(claim: Claim): Promise<BegunStep[]> {
    const rows = await this.worker.query<StepRow[]>(sql.BEGUN_STEPS, [claim.id]);
    return rows.map((row) => ({ step: row.step, inputHash: row.input_hash, output: row.status === 'done' ? row.output_ref : undefined }));
  }

  async saveCheckpoint(claim: Claim, checkpoint: JsonValue): Promise<void> {
    await this.asWorker(claim, sql.SAVE_CHECKPOINT, [JSON.stringify(checkpoint)]);
  }

  async advance(claim: Claim, nextStep: string, undoable: boolean): Promise<void> {
    await this.inTransaction(claim, sql.ADVANCE, [nextStep, undoable]);
  }

  async finish(claim: Claim): Promise<void> {
    await this.inTransaction(claim, sql.FINISH, []);
  }

  async finishAll(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const done = await this.ended(sql.FINISH_ALL, claims);
    if (done.size === claims.length) return done;
    const rest = claims.filter(({ id }) => !done.has(id));
    for (const id of await this.ended(sql.FINISH_REST, rest)) done.add(id);
    return done;
  }

  async bookAgain(claim: Claim, runAt: Date): Promise<void> {
    await this.inTransaction(claim, sql.BOOK_AGAIN, [runAt, null]);
  }

  async fail(claim: Claim, errorClass: string, again?: Date): Promise<void> {
    if (await this.hit(claim, sql.BEGIN_UNDO, [errorClass])) return;
    if (again === undefined) await this.inTransaction(claim, sql.FAIL, [errorClass]);
    else await this.inTransaction(claim, sql.BOOK_AGAIN, [again, errorClass]);
  }

  async stepBack(claim: Claim, step: string, before: string): Promise<void> {
    await this.asWorker(claim, sql.STEP_BACK, [step, before]);
  }

  async endUndo(claim: Claim, again?: Date): Promise<void> {
    if (again === undefined) await this.inTransaction(claim, sql.END_UNDO, []);
    else await this.inTransaction(claim, sql.BOOK_AGAIN, [again, claim.errorClass ?? null]);
  }

  async saveProgress(claim: Claim, done: number): Promise<void> {
    await this.asWorker(claim, sql.SAVE_PROGRESS, [Math.min(1, Math.max(0, done))]);
  }

  async sweep(keptMs: number): Promise<number> {
    const [row] = await this.worker.query<{ n: number }[]>(sql.SWEEP, [keptMs, leastIdAt(Date.now() - keptMs)]);
    return row?.n ?? 0;
  }

  async nextDue(kinds: readonly string[]): Promise<Date | undefined> {
    const [row] = await this.worker.query<{ run_at: Date | null }[]>(sql.NEXT_DUE, [kinds]);
    return row?.run_at ?? undefined;
  }

  async listen(onWake: (dueMs?: number) => void): Promise<() => Promise<void>> {
    const subscription = await this.worker.listen('work', (dueMs) => onWake(dueMs === '' ? undefined : Number(dueMs)));
    return () => subscription.close();
  }

  private async ended(statement: string, claims: readonly Claim[]): Promise<Set<string>> {
    const [row] = await this.worker.query<{ some: string[] | null }[]>(statement, pairs(claims));
    return new Set(row?.some ?? claims.map(({ id }) => id));
  }

  private async asWorker(claim: Claim, statement: string, values: readonly unknown[]): Promise<void> {
    const hit = await this.worker.query<unknown[]>(statement, [claim.id, claim.fence.toString(), ...values]);
    if (hit.length === 0) throw new LeaseLost();
  }

  private async inTransaction(claim: Claim, statement: string, values: readonly unknown[]): Promise<void> {
    if (!(await this.hit(claim, statement, values))) throw new LeaseLost();
  }

  private async hit(claim: Claim, statement: string, values: readonly unknown[]): Promise<boolean> {
    const rows = await this.database.manager().query<unknown[]>(statement, [claim.id, claim.fence.toString(), ...values]);
    return rows.length > 0;
  }
}

/** Ids and fences as array literals: neither has anything to escape, and asking the driver to look costs more than the rest. */
function pairs(claims: readonly Claim[]): [string, string] {
  return [`{${claims.map(({ id }) => id).join()}}`, `{${claims.map(({ fence }) => fence.toString()).join()}}`];
}

/** No id that is made at `timeMs` or later comes before this one. */
function leastIdAt(timeMs: number): string {
  const hex = Math.max(0, Math.floor(timeMs)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
