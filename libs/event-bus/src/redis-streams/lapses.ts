/** Leases are remembered as coarsely as this: there may be many. */
const STEP_MS = 100;
/** More would be those of a long outage; what is left out waits for the next sweep. */
const MOST = 1_000;

/** When leases end of what is a consumer's own and in its hands no more: nobody looks for that by itself. Times by Date.now(). */
export class Lapses {
  private readonly ends = new Set<number>();
  private huntBegan: number | undefined;

  /** A lease of an own entry, which begins anew for nobody, ends then. */
  add(leaseEnds: number): void {
    if (this.ends.size < MOST) this.ends.add(Math.ceil(leaseEnds / STEP_MS + 1) * STEP_MS);
  }

  /** Milliseconds until the next is over, 0 when one is; undefined when there is none. */
  untilNext(now: number): number | undefined {
    return this.ends.size === 0 ? undefined : Math.max(0, Math.min(...this.ends) - now);
  }

  /** A hunt through all streams, in however many steps, begins or goes on. */
  hunting(now: number): void {
    this.huntBegan ??= now;
  }

  /** It has looked everywhere: what was over when it began has been found. */
  hunted(): void {
    for (const end of this.ends) if (end <= (this.huntBegan ?? 0)) this.ends.delete(end);
    this.huntBegan = undefined;
  }
}
