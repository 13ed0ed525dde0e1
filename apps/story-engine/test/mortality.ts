import type { STORY_STATES } from '@selfos/contracts';
import { type Job, JobHandler, type JobStep, type JsonValue, type RunningJob } from '@selfos/work';
import { Transaction } from '@selfos/persistence';

type StoryState = (typeof STORY_STATES)[number];

/**
 * When in a state a worker dies: as it begins; when what it does is done and nobody knows yet; when everything is written in a
 * transaction that is still open; right after that transaction.
 */
export const MOMENTS = ['before the effect', 'after the effect', 'before the commit', 'after the commit'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Point {
  readonly state: StoryState;
  readonly moment: Moment;
}

/** Where this process is to die next; told from outside; nowhere at first. */
export class Fate {
  private point: Partial<Point> = {};

  set(point: Partial<Point>): void {
    this.point = point;
  }

  /** Goes on, unless it ends here: by SIGKILL, and then nothing after it is done. */
  async meet(state: string, moment: Moment): Promise<void> {
    if (this.point.state !== state || this.point.moment !== moment) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  }
}

/** The same handler, which meets its fate before and after everything that it does. */
export class MortalHandler extends JobHandler {
  readonly kind: string;
  readonly steps: readonly JobStep[];
  /** The state whose effects are in the transaction that is open or was just committed. */
  committing: string | undefined;

  constructor(
    private readonly handler: JobHandler,
    private readonly fate: Fate,
  ) {
    super();
    this.kind = handler.kind;
    this.steps = handler.steps.map((step) => this.mortal(step));
  }

  override onFailed(job: Job, errorClass: string): Promise<void> {
    return this.handler.onFailed?.(job, errorClass) ?? Promise.resolve();
  }

  private mortal(step: JobStep): JobStep {
    const { perform } = step;
    const performed = async (job: RunningJob): Promise<JsonValue> => {
      await this.fate.meet(step.name, 'before the effect');
      const output = (await perform?.(job)) ?? null;
      await this.fate.meet(step.name, 'after the effect');
      return output;
    };
    const commit = async (job: RunningJob, output: JsonValue | undefined): Promise<void> => {
      if (perform === undefined) await this.fate.meet(step.name, 'before the effect');
      this.committing = step.name;
      await step.commit?.(job, output);
      await this.fate.meet(step.name, 'before the commit');
    };
    return { ...step, ...(perform === undefined ? {} : { perform: performed }), commit };
  }
}

/** The same transactions, which meet their fate right after the commit. */
export class MortalTransaction extends Transaction {
  constructor(
    private readonly transaction: Transaction,
    private readonly fate: Fate,
    private readonly committed: () => string | undefined,
  ) {
    super();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const result = await this.transaction.run(work);
    const state = this.committed();
    if (state !== undefined) await this.fate.meet(state, 'after the commit');
    return result;
  }
}
