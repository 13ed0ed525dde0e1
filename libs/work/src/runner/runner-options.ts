import type { Clock } from '@selfos/kernel';
import type { Logger } from '@selfos/observability';
import type { Transaction } from '@selfos/persistence';
import type { Backoff } from '../domain/backoff.js';
import type { WorkStore } from '../domain/work-store.js';

export interface WorkRunnerParts {
  readonly store: WorkStore;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface WorkRunnerOptions {
  /** Jobs at a time; 8 when absent. */
  readonly concurrency?: number;
  /** How long a silent runner keeps a job, real time; 20 s when absent. */
  readonly leaseMs?: number;
  /** Longest sleep between two looks at the table; 1 s when absent. It also bounds how late a moved clock is noticed. */
  readonly pollMs?: number;
  /** How long `stop` waits for running jobs before it aborts them; 10 s when absent. */
  readonly graceMs?: number;
  readonly backoff?: Backoff;
  /** Deaths over one step after which the job fails; 25 when absent. */
  readonly maxAbandoned?: number;
  /** How long a job waits for something it needs that is away before that is a failure, where its handler does not say; 6 hours when absent. */
  readonly patienceMs?: number;
  /** How long jobs are remembered after their end; 30 days when absent. Until then the keys of what is done or failed book nothing new. */
  readonly keptMs?: number;
}

export type RunnerSettings = Required<WorkRunnerOptions>;

export const DEFAULT_SETTINGS: RunnerSettings = {
  concurrency: 8,
  leaseMs: 20_000,
  pollMs: 1_000,
  graceMs: 10_000,
  backoff: { baseMs: 1_000, capMs: 300_000 },
  maxAbandoned: 25,
  patienceMs: 6 * 3_600_000,
  keptMs: 30 * 86_400_000,
};

export function runnerSettings(options: WorkRunnerOptions): RunnerSettings {
  return { ...DEFAULT_SETTINGS, ...options };
}
