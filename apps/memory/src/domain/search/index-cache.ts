/** Something that is dear to make and true for one version of a person's memories. */
interface Entry<T> {
  readonly value: T;
  readonly version: number;
  readonly size: number;
  readonly until: number;
}

export interface CacheLimits {
  /** In whatever unit the sizes are given. */
  readonly size: number;
  readonly milliseconds: number;
}

/**
 * Keeps what was made for the people who were here last: bounded in size and time, the longest unused leaves first. An entry
 * of another version is none, so that a change by any process is seen.
 */
export class IndexCache<T> {
  private readonly entries = new Map<string, Entry<T>>();
  private size = 0;

  constructor(
    private readonly limits: CacheLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(key: string, version: number): T | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.drop(key);
    if (entry.version !== version || entry.until <= this.now()) return undefined;
    this.add(key, entry);
    return entry.value;
  }

  /** What is larger than the whole cache is not kept. */
  set(key: string, value: T, { version, size }: { readonly version: number; readonly size: number }): void {
    this.drop(key);
    if (size > this.limits.size) return;
    this.add(key, { value, version, size, until: this.now() + this.limits.milliseconds });
    for (const [oldest, { until }] of this.entries) {
      if (this.size <= this.limits.size && until > this.now()) break;
      this.drop(oldest);
    }
  }

  private add(key: string, entry: Entry<T>): void {
    this.entries.set(key, entry);
    this.size += entry.size;
  }

  private drop(key: string): void {
    this.size -= this.entries.get(key)?.size ?? 0;
    this.entries.delete(key);
  }
}
