import type { Transaction } from '@selfos/persistence';
import type { Claim } from '../domain/job.js';
import type { JobHandler, JobStep } from '../domain/job-handler.js';
import type { JsonValue } from '../domain/json.js';
import type { BegunStep, WorkStore } from '../domain/work-store.js';
import type { Holding } from './holdings.js';
import { jobView } from './job-view.js';
import { positionOf, recallOutputs } from './recalled.js';

export interface UndoRunParts {
  readonly store: WorkStore;
  readonly transaction: Transaction;
}

/** Takes back what a job did, from the step it stands before or in to the first. Throws what a step threw, or `LeaseLost`. */
export class UndoRun {
  private claim: Claim;

  constructor(
    private readonly parts: UndoRunParts,
    private readonly handler: JobHandler,
    private readonly holding: Holding,
  ) {
    this.claim = holding.claim;
  }

  get standing(): Claim {
    return this.claim;
  }

  async toEnd(): Promise<void> {
    const begun = await this.parts.store.begunSteps(this.claim);
    const last = positionOf(this.handler, this.claim);
    const outputs = recallOutputs(this.handler, this.claim, { begun, count: last + 1 });
    for (let index = last; index >= 0; index -= 1) {
      const step = this.handler.steps[index];
      this.holding.throwIfOver();
      if (step !== undefined) await this.takeBack(step, { begun: index < last || hasBegun(step, begun), before: this.handler.steps[index - 1], outputs });
    }
    await this.parts.transaction.run(() => this.parts.store.endUndo(this.claim, this.again()));
  }

  private async takeBack(step: JobStep, about: { begun: boolean; before: JobStep | undefined; outputs: Map<string, JsonValue> }): Promise<void> {
    if (about.begun && step.compensate !== undefined) {
      const view = jobView(this.claim, { store: this.parts.store, holding: this.holding, step: step.name, outputs: about.outputs });
      await step.compensate(view, about.outputs.get(step.name));
    }
    if (about.before === undefined) return;
    await this.parts.store.stepBack(this.claim, step.name, about.before.name);
    this.claim = { ...this.claim, step: about.before.name, attempt: 0, checkpoint: undefined, awayMs: 0 };
  }

  /** What recurs comes again after a failure; what was cancelled does not. */
  private again(): Date | undefined {
    return this.claim.state === 'compensating' && this.claim.after === 'failure' ? this.handler.again?.(this.claim) : undefined;
  }
}

function hasBegun(step: JobStep, begun: readonly BegunStep[]): boolean {
  return begun.some(({ step: name }) => name === step.name);
}
