import type { Claim } from '../domain/job.js';
import type { JobHandler } from '../domain/job-handler.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import { inputHash } from '../domain/input-hash.js';
import type { BegunStep, StepKey } from '../domain/work-store.js';
import { StepUnknown } from '../domain/work.errors.js';

/** Where the job stands among its handler's steps; 0 before the first. */
export function positionOf(handler: JobHandler, claim: Claim): number {
  if (claim.step === undefined) return 0;
  const index = handler.steps.findIndex(({ name }) => name === claim.step);
  if (index < 0) throw new StepUnknown({ detail: `Kind ${claim.kind} has no step ${claim.step}.` });
  return index;
}

/** What a step is given, as a hash: another payload, an earlier step's other output, or another time of what recurs is another input. */
export function stepKey(handler: JobHandler, claim: Claim, at: { readonly step: string; readonly outputs: ReadonlyMap<string, JsonValue> }): StepKey {
  const { kind, key, payload } = claim;
  const { step } = at;
  const earlier: JsonObject = Object.fromEntries(at.outputs);
  const time = handler.again === undefined ? {} : { at: claim.runAt.toISOString() };
  return { step, inputHash: inputHash({ kind, key, payload, step, earlier, ...time }) };
}

/** The outputs of the first `count` steps, found again by following the hashes of their inputs from the payload on. */
export function recallOutputs(handler: JobHandler, claim: Claim, about: { begun: readonly BegunStep[]; count: number }): Map<string, JsonValue> {
  const outputs = new Map<string, JsonValue>();
  for (const { name } of handler.steps.slice(0, about.count)) {
    const { inputHash: hash } = stepKey(handler, claim, { step: name, outputs });
    const found = about.begun.find((step) => step.step === name && step.inputHash === hash);
    if (found?.output !== undefined) outputs.set(name, found.output);
  }
  return outputs;
}
