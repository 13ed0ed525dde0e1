import type { JobRecord } from '../../domain/job.js';
import { moved, type JobState, type NextState } from '../../domain/job-state.js';
import type { BegunStep } from '../../domain/work-store.js';

/** A job as the in-memory adapters keep it. */
export interface StoredJob extends JobRecord {
  readonly fence: bigint;
  readonly abandoned: number;
  readonly held: boolean;
  /** Whether anything that it did can be taken back. */
  readonly undoable: boolean;
  readonly leaseUntilMs: number | undefined;
  readonly awaySinceMs: number | undefined;
  readonly changedAtMs: number;
}

/** What the in-memory `Work` and `WorkStore` share in place of tables. */
export class InMemoryJobs {
  private readonly byId = new Map<string, StoredJob>();
  readonly steps = new Map<string, BegunStep[]>();
  private readonly listeners = new Set<() => void>();
  private readonly witnesses = new Set<(id: string, before: StoredJob | undefined) => void>();

  /** `realNowMs` is what leases are measured by. */
  constructor(readonly realNowMs: () => number = Date.now) {}

  all(): StoredJob[] {
    return [...this.byId.values()];
  }

  get(id: string): StoredJob | undefined {
    return this.byId.get(id);
  }

  find(kind: string, key: string): StoredJob | undefined {
    return this.all().find((job) => job.kind === kind && job.key === key);
  }

  put(job: StoredJob): void {
    for (const witness of this.witnesses) witness(job.id, this.byId.get(job.id));
    this.byId.set(job.id, job);
  }

  delete(id: string): void {
    this.byId.delete(id);
  }

  /** The job stays in its state. */
  change(job: StoredJob, change: Omit<Partial<StoredJob>, 'state'>): void {
    this.put({ ...job, ...change, changedAtMs: this.realNowMs() });
  }

  /** The job moves to another state, one that can follow its own, and is in nobody's hands unless `change` says so. */
  move<S extends JobState, T extends JobState & NextState<S>>(job: StoredJob & { readonly state: S }, to: T, change: Omit<Partial<StoredJob>, 'state'> = {}): void {
    const free = { held: false, leaseUntilMs: undefined, changedAtMs: this.realNowMs() };
    this.put({ ...job, ...free, ...change, state: moved(job.state, to) });
  }

  restore(id: string, before: StoredJob | undefined): void {
    if (before === undefined) this.byId.delete(id);
    else this.byId.set(id, before);
  }

  onWrite(witness: (id: string, before: StoredJob | undefined) => void): void {
    this.witnesses.add(witness);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  announce(): void {
    for (const listener of this.listeners) listener();
  }
}
