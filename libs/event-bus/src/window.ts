/** Fast enough to take twice as many, and so slow that half is better. Both far below any lease. */
const QUICK_MS = 250;
const SLOW_MS = 2_000;

/**
 * How many events to have in hand: few at first, more while they are handled quickly, fewer again when they wait. So a replica with slow
 * handlers leaves the rest to others and never holds events until their lease is over, and one with fast handlers reads in large batches.
 */
export class Window {
  private current: number;

  constructor(
    private readonly least: number,
    private readonly most: number,
  ) {
    this.current = least;
  }

  get size(): number {
    return this.current;
  }

  /** `count` events were settled `tookMs` after they had been read. */
  settled(count: number, tookMs: number): void {
    if (tookMs > SLOW_MS) this.current = Math.max(this.least, Math.floor(this.current / 2));
    else if (tookMs < QUICK_MS) this.current = Math.min(this.most, this.current + count);
  }
}
