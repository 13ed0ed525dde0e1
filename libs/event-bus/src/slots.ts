/** A fixed number of places in which work runs side by side. Work given to it must not reject. */
export class Slots {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly size: number) {}

  get free(): number {
    return Math.max(0, this.size - this.running.size);
  }

  /** Starts `work` now; the caller has looked at {@link free}. */
  run(work: () => Promise<void>): void {
    const task: Promise<void> = work().finally(() => this.running.delete(task));
    this.running.add(task);
  }

  /** Resolves when at least one place is free. */
  async whenFree(): Promise<void> {
    while (this.free === 0) await Promise.race(this.running);
  }

  /** Resolves when nothing runs. */
  async whenIdle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
