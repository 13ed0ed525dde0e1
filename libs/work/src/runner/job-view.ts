import type { Claim } from '../domain/job.js';
import type { RunningJob } from '../domain/job-handler.js';
import type { JsonValue } from '../domain/json.js';
import type { WorkStore } from '../domain/work-store.js';

/** What a handler gets to see of a claim while the step `step` runs. */
export function jobView(claim: Claim, about: { store: WorkStore; signal: AbortSignal; step: string; outputs: ReadonlyMap<string, JsonValue> }): RunningJob {
  return {
    ...claim,
    step: about.step,
    signal: about.signal,
    output: (step) => about.outputs.get(step),
    tellProgress: (done) => about.store.saveProgress(claim, done),
    saveCheckpoint: (checkpoint) => about.store.saveCheckpoint(claim, checkpoint),
  };
}
