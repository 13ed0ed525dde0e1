import type { Transaction } from '@selfos/persistence';
import type { Claim } from '../domain/job.js';
import type { JobHandler, JobStep, RunningJob } from '../domain/job-handler.js';
import type { JsonValue } from '../domain/json.js';
import type { WorkStore } from '../domain/work-store.js';
import type { Finisher } from './finisher.js';
import type { Holding } from './holdings.js';
import { jobView } from './job-view.js';
import { positionOf, recallOutputs, stepKey } from './recalled.js';

export interface JobRunParts {
  readonly store: WorkStore;
  readonly transaction: Transaction;
  readonly finisher: Finisher;
}

/** Takes one claimed job from the step it stands before to its end. Throws what a step threw, or `LeaseLost`. */
export class JobRun {
  private outputs = new Map<string, JsonValue>();
  private claim: Claim;

  constructor(
    private readonly parts: JobRunParts,
    private readonly handler: JobHandler,
    private readonly holding: Holding,
  ) {
    this.claim = holding.claim;
  }

  /** The job as it stands now. */
  get standing(): Claim {
    return this.claim;
  }

  async toEnd(): Promise<void> {
    const first = positionOf(this.handler, this.claim);
    if (first > 0) this.outputs = recallOutputs(this.handler, this.claim, { begun: await this.parts.store.begunSteps(this.claim), count: first });
    for (let index = first; index < this.handler.steps.length; index += 1) {
      this.holding.throwIfOver();
      await this.runStep(index);
    }
  }

  private async runStep(index: number): Promise<void> {
    const step = this.handler.steps[index];
    if (step === undefined) return;
    const view = jobView(this.claim, { store: this.parts.store, holding: this.holding, step: step.name, outputs: this.outputs });
    const output = await this.performed(step, view);
    const next = this.handler.steps[index + 1]?.name;
    const isLight = step.light === true && step.commit === undefined && next === undefined && this.handler.again === undefined;
    if (isLight) return this.parts.finisher.finish(this.claim);
    // Effects first: see JobStep.
    await this.parts.transaction.run(async () => {
      await step.commit?.(view, output);
      await this.moveOn(next, step.compensate !== undefined);
    });
    if (output !== undefined) this.outputs.set(step.name, output);
    this.claim = { ...this.claim, step: next, attempt: 0, checkpoint: undefined, awayMs: 0 };
  }

  private async moveOn(next: string | undefined, undoable: boolean): Promise<void> {
    if (next !== undefined) return this.parts.store.advance(this.claim, next, undoable);
    const again = this.handler.again?.(this.claim);
    if (again === undefined) await this.parts.store.finish(this.claim);
    else await this.parts.store.bookAgain(this.claim, again);
  }

  private async performed(step: JobStep, view: RunningJob): Promise<JsonValue | undefined> {
    if (step.perform === undefined) return undefined;
    if (step.light !== true) return this.perform(step, () => step.perform?.(view));
    await step.perform(view);
    return undefined;
  }

  private async perform(step: JobStep, work: () => Promise<JsonValue> | undefined): Promise<JsonValue | undefined> {
    const key = stepKey(this.handler, this.claim, { step: step.name, outputs: this.outputs });
    const before = await this.parts.store.beginStep(this.claim, key, step.compensate !== undefined);
    if (before !== undefined) return before.output;
    const output = await work();
    if (output === undefined) return undefined;
    await this.parts.store.saveStep(this.claim, { ...key, output });
    return output;
  }
}
