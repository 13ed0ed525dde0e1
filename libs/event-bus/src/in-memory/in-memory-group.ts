import type { BusEvent, DeadLetter } from '../event-bus.js';
import type { Wake } from '../wake.js';

export interface Parcel {
  readonly event: BusEvent;
  readonly attempt: number;
  readonly waits?: number;
}

interface Queued extends Parcel {
  readonly dueAt: number;
}

/** What one group has read, has still to do, has in hand, and has given up. */
export class InMemoryGroup {
  readonly read = new Map<string, number>();
  readonly dead: DeadLetter[] = [];
  readonly wakes = new Set<Wake>();
  private queue: Queued[] = [];
  private readonly inHand = new Map<Parcel, number>();

  add(parcel: Parcel, pauseMs = 0): void {
    this.queue.push({ ...parcel, dueAt: Date.now() + pauseMs });
    this.wake();
  }

  wake(): void {
    for (const wake of this.wakes) wake.call();
  }

  /** Takes up to `most` deliveries of `types` that are due, for `leaseMs`. */
  take(types: readonly string[], most: number, leaseMs: number): Parcel[] {
    const now = Date.now();
    this.endLeases(now);
    const due = this.queue.filter((delivery) => delivery.dueAt <= now && types.includes(delivery.event.type)).slice(0, most);
    this.queue = this.queue.filter((delivery) => !due.includes(delivery));
    for (const parcel of due) this.inHand.set(parcel, now + leaseMs);
    return due;
  }

  /** Out of hand; false when the lease had ended and another may have it. */
  release(parcel: Parcel): boolean {
    return this.inHand.delete(parcel);
  }

  private endLeases(now: number): void {
    for (const [parcel, until] of this.inHand) {
      if (until > now) continue;
      this.inHand.delete(parcel);
      this.add({ ...parcel, attempt: parcel.attempt + 1 });
    }
  }
}
