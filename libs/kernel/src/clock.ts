/** Domain time. Never read the machine's clock in domain code; tokens, leases and timeouts use real time instead. */
export abstract class Clock {
  /** The current instant, epoch milliseconds. */
  abstract nowMs(): number;

  now(): Date {
    return new Date(this.nowMs());
  }
}

export class SystemClock extends Clock {
  nowMs(): number {
    return Date.now();
  }
}

/** Real time plus an offset that can be moved; with `freeze` it stands still. For tests, the demo and time travel. */
export class MovableClock extends Clock {
  private frozenAt: number | undefined;
  private offset: number;

  constructor(offsetMs = 0) {
    super();
    this.offset = offsetMs;
  }

  nowMs(): number {
    return (this.frozenAt ?? Date.now()) + this.offset;
  }

  get offsetMs(): number {
    return this.offset;
  }

  moveTo(offsetMs: number): void {
    this.offset = offsetMs;
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  freeze(atMs: number): void {
    this.frozenAt = atMs;
    this.offset = 0;
  }
}
