import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { eventually } from '@selfos/testing';
import type { JobHandler, WorkRunner, WorkRunnerOptions } from '../src/index.js';
import { findJob, NINE, QUICK } from './support.js';
import type { WorkHarness } from './work-harness.js';

/** What every test of a contract suite works with: one harness for all, a kind of jobs and a runner of its own for each. */
export class WorkSuite {
  private harness: WorkHarness | undefined;
  private runner: WorkRunner | undefined;
  private count = 0;

  constructor(
    private readonly name: string,
    private readonly openHarness: () => Promise<WorkHarness>,
  ) {}

  get h(): WorkHarness {
    if (this.harness === undefined) throw new Error('the suite is not open');
    return this.harness;
  }

  /** No other test has jobs of this kind. */
  get kind(): string {
    return `${this.name}.${this.count}`;
  }

  async open(): Promise<void> {
    this.harness = await this.openHarness();
  }

  async next(): Promise<void> {
    await this.stop();
    this.count += 1;
    this.h.clock.freeze(NINE.getTime());
  }

  async close(): Promise<void> {
    await this.stop();
    await this.h.close();
  }

  /** Runs until the test is over, or until it is stopped. */
  async start(handlers: JobHandler | readonly JobHandler[], options: WorkRunnerOptions = {}): Promise<void> {
    this.runner = this.h.runner([handlers].flat(), { ...QUICK, ...options });
    await this.runner.start();
  }

  async stop(): Promise<void> {
    await this.runner?.stop();
    this.runner = undefined;
  }

  wake(): void {
    this.runner?.wake();
  }

  ends(state: string, key = 'one'): Promise<void> {
    return eventually(async () => expect((await findJob(this.h, this.kind, key))?.state).toBe(state));
  }

  /** Those that this test's jobs left, which begin with their kind. */
  async effects(): Promise<string[]> {
    return (await this.h.effects()).filter((text) => text.startsWith(`${this.kind}:`));
  }
}

export function workSuite(title: string, about: { readonly name: string; readonly open: () => Promise<WorkHarness> }, tests: (s: WorkSuite) => void): void {
  describe(title, () => {
    const suite = new WorkSuite(about.name, about.open);
    beforeAll(() => suite.open());
    beforeEach(() => suite.next());
    afterAll(() => suite.close());
    tests(suite);
  });
}
