import type { Claim } from '../domain/job.js';
import { JobHandler, type JobStep, type RunningJob } from '../domain/job-handler.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import type { EnqueueRequest } from '../domain/work.js';

/** Under what a job's taking back is known. */
const undoKind = (kind: string) => `${kind}:undo`;

/** The job that takes back what a failed one did; undefined when none of the steps it passed can be taken back. */
export function undoRequest(handler: JobHandler, failed: Claim, about: { outputs: JsonObject; now: Date }): EnqueueRequest | undefined {
  const passed = handler.steps.slice(0, Math.max(0, handler.steps.findIndex(({ name }) => name === failed.step)));
  if (!passed.some(({ compensate }) => compensate !== undefined)) return undefined;
  const { key, payload, userId } = failed;
  return { kind: undoKind(handler.kind), key: failed.id, userId, runAt: about.now, payload: { key, payload, outputs: about.outputs, passed: passed.map(({ name }) => name) } };
}

/** Takes back the steps that a job of another handler had passed, the last first. */
export class UndoHandler extends JobHandler {
  readonly kind: string;
  readonly steps: readonly JobStep[];

  constructor(handler: JobHandler) {
    super();
    this.kind = undoKind(handler.kind);
    const undoable = handler.steps.filter(({ compensate }) => compensate !== undefined);
    this.steps = undoable.toReversed().map((step) => ({ name: step.name, perform: (job) => undo(step, job) }));
  }
}

/** Whether a handler has anything that could be taken back. */
export function canUndo(handler: JobHandler): boolean {
  return handler.steps.some(({ compensate }) => compensate !== undefined);
}

async function undo(step: JobStep, job: RunningJob): Promise<JsonValue> {
  const { key, payload, outputs, passed } = job.payload as { key: string; payload: JsonObject; outputs: JsonObject; passed: readonly string[] };
  if (!passed.includes(step.name)) return null;
  const original: RunningJob = { ...job, key, payload, output: (name) => outputs[name] };
  await step.compensate?.(original, outputs[step.name]);
  return null;
}
