import type { Claim } from '../../domain/job.js';
import type { StepOutput } from '../../domain/work-store.js';

/** A row as the in-memory adapters keep it. */
export interface StoredJob extends Claim {
  readonly leaseUntilMs: number | undefined;
  readonly finishedAtMs: number | undefined;
}

/** What the in-memory `Work` and `WorkStore` share in place of tables. */
export class InMemoryJobs {
  private readonly byId = new Map<string, StoredJob>();
  readonly outputs = new Map<string, StepOutput[]>();
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

  change(job: StoredJob, change: Partial<StoredJob>): void {
    this.put({ ...job, ...change });
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
