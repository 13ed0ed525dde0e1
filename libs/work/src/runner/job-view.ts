import type { RunningJob } from '../domain/job-handler.js';
import type { JsonValue } from '../domain/json.js';
import type { Claim } from '../domain/job.js';
import type { WorkStore } from '../domain/work-store.js';
import type { Holding } from './holdings.js';

/** What a handler gets to see of a claim while the step `step` runs. */
export function jobView(claim: Claim, about: { store: WorkStore; holding: Holding; step: string; outputs: ReadonlyMap<string, JsonValue> }): RunningJob {
  return {
    ...claim,
    step: about.step,
    get signal() {
      return about.holding.signal;
    },
    output: (step) => about.outputs.get(step),
    tellProgress: (done) => about.store.saveProgress(claim, done),
    saveCheckpoint: (checkpoint) => about.store.saveCheckpoint(claim, checkpoint),
  };
}
