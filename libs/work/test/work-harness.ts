import type { MovableClock } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import type { JobHandler, Work, WorkRunner, WorkRunnerOptions, WorkStore } from '../src/index.js';

/** What the contract suite needs of an adapter, and a place where handlers leave effects inside their transaction. */
export interface WorkHarness {
  readonly work: Work;
  readonly store: WorkStore;
  readonly transaction: Transaction;
  readonly clock: MovableClock;
  runner(handlers: readonly JobHandler[], options?: WorkRunnerOptions): WorkRunner;
  /** Writes an effect in the ambient transaction. */
  leaveEffect(text: string): Promise<void>;
  effects(): Promise<string[]>;
  close(): Promise<void>;
}
