import type { Transaction } from '@selfos/persistence';
import type { Claim } from '../domain/job.js';
import type { JobHandler, JobStep, RunningJob } from '../domain/job-handler.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import { inputHash } from '../domain/input-hash.js';
import type { StepKey, WorkStore } from '../domain/work-store.js';
import { StepUnknown } from '../domain/work.errors.js';
import type { Finisher } from './finisher.js';
import { jobView } from './job-view.js';

export interface JobRunParts {
  readonly store: WorkStore;
  readonly transaction: Transaction;
  readonly finisher: Finisher;
}

/** Takes one claimed job from the step it stands before to its end. Throws what a step threw, or `LeaseLost`. */
export class JobRun {
  private readonly outputs = new Map<string, JsonValue>();
  private claim: Claim;

  constructor(
    private readonly parts: JobRunParts,
    private readonly handler: JobHandler,
    claim: Claim,
  ) {
    this.claim = claim;
  }

  /** Errors that the current step had thrown before this try. */
  get attempt(): number {
    return this.claim.attempt;
  }

  /** The job as it stands now. */
  get standing(): Claim {
    return this.claim;
  }

  /** What the steps that it has passed returned. */
  get known(): JsonObject {
    return Object.fromEntries(this.outputs);
  }

  async toEnd(signal: AbortSignal): Promise<void> {
    const first = this.position();
    if (first > 0) await this.recallOutputs(first);
    for (let index = first; index < this.handler.steps.length; index += 1) {
      signal.throwIfAborted();
      await this.runStep(index, signal);
    }
  }

  private position(): number {
    if (this.claim.step === undefined) return 0;
    const index = this.handler.steps.findIndex((step) => step.name === this.claim.step);
    if (index < 0) throw new StepUnknown({ detail: `Kind ${this.claim.kind} has no step ${this.claim.step}.` });
    return index;
  }

  /** The outputs of earlier steps, found again by following the hashes of their inputs from the payload on. */
  private async recallOutputs(until: number): Promise<void> {
    const stored = await this.parts.store.stepOutputs(this.claim);
    for (const step of this.handler.steps.slice(0, until)) {
      const key = this.stepKey(step);
      const found = stored.find((output) => output.step === key.step && output.inputHash === key.inputHash);
      if (found !== undefined) this.outputs.set(step.name, found.output);
    }
  }

  private stepKey(step: JobStep): StepKey {
    const { kind, key, payload } = this.claim;
    const earlier: JsonObject = Object.fromEntries(this.outputs);
    // each time of what recurs is another input
    const time = this.handler.again === undefined ? {} : { at: this.claim.runAt.toISOString() };
    return { step: step.name, inputHash: inputHash({ kind, key, payload, step: step.name, earlier, ...time }) };
  }

  private async runStep(index: number, signal: AbortSignal): Promise<void> {
    const step = this.handler.steps[index];
    if (step === undefined) return;
    const view = jobView(this.claim, { store: this.parts.store, signal, step: step.name, outputs: this.outputs });
    const output = await this.performed(step, view);
    const next = this.handler.steps[index + 1]?.name;
    const isLight = step.light === true && step.commit === undefined && next === undefined && this.handler.again === undefined;
    if (isLight) return this.parts.finisher.finish(this.claim);
    await this.parts.transaction.run(async () => {
      await this.moveOn(next);
      await step.commit?.(view, output);
    });
    if (output !== undefined) this.outputs.set(step.name, output);
    this.claim = { ...this.claim, step: next, attempt: 0, checkpoint: undefined };
  }

  private async moveOn(next: string | undefined): Promise<void> {
    const again = next === undefined ? this.handler.again?.(this.claim) : undefined;
    if (again === undefined) await this.parts.store.advance(this.claim, next);
    else await this.parts.store.bookAgain(this.claim, again);
  }

  private async performed(step: JobStep, view: RunningJob): Promise<JsonValue | undefined> {
    if (step.perform === undefined) return undefined;
    if (step.light !== true) return this.perform(step, () => step.perform?.(view));
    await step.perform(view);
    return undefined;
  }

  private async perform(step: JobStep, work: () => Promise<JsonValue> | undefined): Promise<JsonValue | undefined> {
    const key = this.stepKey(step);
    const before = await this.parts.store.beginStep(this.claim, key);
    if (before !== undefined) return before.output;
    const output = await work();
    if (output === undefined) return undefined;
    await this.parts.store.saveStep(this.claim, { ...key, output });
    return output;
  }
}
