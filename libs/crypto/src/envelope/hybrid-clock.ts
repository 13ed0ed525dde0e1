const REV = /^([0-9a-f]{12})-([0-9a-f]{4})$/;

/**
 * Makes `rev` values (`<12 hex digits of epoch ms>-<4 hex digits of counter>`), each greater as text than every one this clock
 * made or saw, even when the machine's clock stands still or steps back (Kulkarni et al., "Logical Physical Clocks", 2014).
 */
export class HybridClock {
  private ms = 0;
  private counter = 0;

  constructor(private readonly nowMs: () => number = Date.now) {}

  /** `seen`: the revision that the new one replaces, when the writer knows it. Text that is no revision is ignored. */
  next(seen?: string): string {
    this.witness(seen);
    const now = this.nowMs();
    if (now > this.ms) {
      this.ms = now;
      this.counter = 0;
    } else {
      this.tick();
    }
    return `${this.ms.toString(16).padStart(12, '0')}-${this.counter.toString(16).padStart(4, '0')}`;
  }

  private tick(): void {
    this.counter += 1;
    if (this.counter > 0xffff) {
      this.ms += 1;
      this.counter = 0;
    }
  }

  private witness(seen: string | undefined): void {
    const match = REV.exec(seen ?? '');
    if (match === null) return;
    const ms = Number.parseInt(match[1] ?? '', 16);
    const counter = Number.parseInt(match[2] ?? '', 16);
    if (ms > this.ms || (ms === this.ms && counter > this.counter)) {
      this.ms = ms;
      this.counter = counter;
    }
  }
}
