import type { DatabaseContext, WorkerDatabase } from '@selfos/persistence';
import type { Claim } from '../../domain/job.js';
import type { JsonValue } from '../../domain/json.js';
import { WorkStore, type ClaimRequest, type StepKey, type StepOutput } from '../../domain/work-store.js';
import { LeaseLost } from '../../domain/work.errors.js';
import { toClaim, type WorkRow } from './work-row.js';
import * as sql from './work-store-sql.js';

interface StepRow {
  readonly step: string;
  readonly input_hash: string;
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
    const rows = await this.worker.query<WorkRow[]>(sql.CLAIM, values);
    return rows.map(toClaim);
  }

  async renew(claim: Claim, leaseMs: number): Promise<void> {
    await this.asWorker(claim, sql.RENEW, [leaseMs]);
  }

  async release(claim: Claim): Promise<void> {
    await this.asWorker(claim, sql.RELEASE, []);
  }

  async retryLater(claim: Claim, retry: { delayMs: number; errorClass: string }): Promise<void> {
    await this.asWorker(claim, sql.RETRY_LATER, [retry.delayMs, retry.errorClass]);
  }

  async beginStep(claim: Claim, key: StepKey): Promise<StepOutput | undefined> {
    const values = [claim.id, claim.fence.toString(), key.step, key.inputHash];
    const [row] = await this.worker.query<{ status: string; output_ref: JsonValue }[]>(sql.BEGIN_STEP, values);
    if (row === undefined) throw new LeaseLost();
    return row.status === 'done' ? { ...key, output: row.output_ref } : undefined;
  }

  async saveStep(claim: Claim, { step, inputHash, output }: StepOutput): Promise<void> {
    await this.asWorker(claim, sql.SAVE_STEP, [step, inputHash, JSON.stringify(output)]);
  }

  async stepOutputs(claim: Claim): Promise<StepOutput[]> {
    const rows = await this.worker.query<StepRow[]>(sql.STEP_OUTPUTS, [claim.id]);
    return rows.map((row) => ({ step: row.step, inputHash: row.input_hash, output: row.output_ref }));
  }

  async saveCheckpoint(claim: Claim, checkpoint: JsonValue): Promise<void> {
    await this.asWorker(claim, sql.SAVE_CHECKPOINT, [JSON.stringify(checkpoint)]);
  }

  async advance(claim: Claim, nextStep: string | undefined): Promise<void> {
    if (nextStep === undefined) await this.inTransaction(claim, sql.FINISH, []);
    else await this.inTransaction(claim, sql.ADVANCE, [nextStep]);
  }

  async fail(claim: Claim, errorClass: string): Promise<void> {
    await this.inTransaction(claim, sql.FAIL, [errorClass]);
  }

  async finishAll(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const values = [claims.map(({ id }) => id), claims.map(({ fence }) => fence.toString())];
    const rows = await this.worker.query<{ id: string }[]>(sql.FINISH_ALL, values);
    return new Set(rows.map(({ id }) => id));
  }

  async bookAgain(claim: Claim, runAt: Date, errorClass?: string): Promise<void> {
    await this.inTransaction(claim, sql.BOOK_AGAIN, [runAt, errorClass ?? null]);
  }

  async saveProgress(claim: Claim, done: number): Promise<void> {
    await this.asWorker(claim, sql.SAVE_PROGRESS, [Math.min(1, Math.max(0, done))]);
  }

  async sweep(keptMs: number): Promise<number> {
    const [row] = await this.worker.query<{ n: number }[]>(sql.SWEEP, [keptMs]);
    return row?.n ?? 0;
  }

  async nextDue(kinds: readonly string[]): Promise<Date | undefined> {
    const [row] = await this.worker.query<{ run_at: Date }[]>(sql.NEXT_DUE, [kinds]);
    return row?.run_at;
  }

  async listen(onWake: (dueMs?: number) => void): Promise<() => Promise<void>> {
    const subscription = await this.worker.listen('work', (dueMs) => onWake(dueMs === '' ? undefined : Number(dueMs)));
    return () => subscription.close();
  }

  private async asWorker(claim: Claim, statement: string, values: readonly unknown[]): Promise<void> {
    const hit = await this.worker.query<unknown[]>(statement, [claim.id, claim.fence.toString(), ...values]);
    if (hit.length === 0) throw new LeaseLost();
  }

  private async inTransaction(claim: Claim, statement: string, values: readonly unknown[]): Promise<void> {
    const hit = await this.database.manager().query<unknown[]>(statement, [claim.id, claim.fence.toString(), ...values]);
    if (hit.length === 0) throw new LeaseLost();
  }
}
