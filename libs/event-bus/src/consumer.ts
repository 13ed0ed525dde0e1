import type { Logger } from '@selfos/observability';
import { attemptDelivery, type DeliveryPolicy, type Outcome } from './delivery.js';
import type { BusEvent, Interest } from './event-bus.js';
import { Window } from './window.js';

/** One event brought to this consumer; `place` is where the adapter has it. */
export interface Delivery<P> {
  readonly event: BusEvent;
  /** Failures that count, and one. */
  readonly attempt: number;
  /** How often it has waited for something that was away. */
  readonly waits?: number;
  readonly place: P;
  /** When it was read, by `performance.now()`. */
  readonly readAt: number;
  /** True when it may not share a batch: it was in one that failed, or has failed itself. */
  readonly alone?: boolean;
  /** True when it was brought before, to a consumer that was lost with it, and may share a batch all the same. */
  readonly orphaned?: boolean;
}

export interface Settled<P> {
  readonly delivery: Delivery<P>;
  readonly outcome: Outcome;
}

export interface ConsumerParts<P> {
  readonly interest: Interest;
  readonly policy: DeliveryPolicy;
  readonly logger: Logger;
  /** Stores what became of deliveries. What it fails to store comes again when the lease is over. */
  settle(settled: readonly Settled<P>[]): Promise<void>;
}

const DONE: Outcome = { kind: 'done' };

/** Brings deliveries to the handler of one subscription: in batches where it takes them, never more at once than the policy says. */
export class Consumer<P> {
  private readonly window: Window;
  private roomWaiters: (() => void)[] = [];
  private waiting: Delivery<P>[] = [];
  private readonly running = new Set<Promise<void>>();
  private inHand = 0;
  private closed = false;

  constructor(private readonly parts: ConsumerParts<P>) {
    this.window = new Window(parts.policy.concurrency, Math.max(parts.policy.concurrency, parts.policy.mostInHand));
  }

  /** How many more events to read now. */
  get room(): number {
    return this.closed ? 0 : Math.max(0, this.window.size - this.inHand);
  }

  /** Resolves when there is room, or at the close. */
  async whenRoom(): Promise<void> {
    while (this.room === 0 && !this.closed) await new Promise<void>((resolve) => this.roomWaiters.push(resolve));
  }

  /** Takes deliveries in hand; more than there was room for is handled all the same. After the close none is begun: {@link close} returns them. */
  offer(deliveries: readonly Delivery<P>[]): void {
    this.inHand += deliveries.length;
    for (const delivery of deliveries) this.waiting.push(delivery);
    if (!this.closed) this.startWorkers();
  }

  /** Waits for the handlers that run; returns what none has begun, to be given back. Once more, what was read meanwhile. */
  async close(): Promise<readonly Delivery<P>[]> {
    this.closed = true;
    const left = this.waiting;
    this.waiting = [];
    this.tellRoom();
    while (this.running.size > 0) await Promise.all(this.running);
    return left;
  }

  private startWorkers(): void {
    while (this.running.size < this.parts.policy.concurrency && this.waiting.length > 0) {
      const chunk = this.takeChunk();
      const work: Promise<void> = this.handle(chunk).finally(() => {
        this.running.delete(work);
        if (!this.closed) this.startWorkers();
      });
      this.running.add(work);
    }
  }

  private takeChunk(): Delivery<P>[] {
    const { interest, policy } = this.parts;
    const together = (delivery: Delivery<P>) => interest.batchHandler !== undefined && delivery.alone !== true && (delivery.attempt === 1 || delivery.orphaned === true) && delivery.waits === undefined;
    const most = policy.batchSize;
    let count = 1;
    const [first] = this.waiting;
    if (first !== undefined && together(first)) while (count < Math.min(most, this.waiting.length) && together(this.waiting[count] ?? first)) count += 1;
    return this.waiting.splice(0, count);
  }

  private async handle(chunk: readonly Delivery<P>[]): Promise<void> {
    const [first] = chunk;
    if (first === undefined) return;
    if (chunk.length > 1 && !(await this.takenTogether(chunk))) {
      const alone = chunk.map((delivery) => ({ ...delivery, alone: true }));
      if (!this.closed) return void this.waiting.unshift(...alone);
      // closing: nobody else would take them from here, and their lease still runs
      for (const delivery of alone) await this.settleOne(delivery);
      return;
    }
    if (chunk.length > 1) return this.settle(chunk.map((delivery) => ({ delivery, outcome: DONE })));
    await this.settleOne(first);
  }

  private async settleOne(delivery: Delivery<P>): Promise<void> {
    const { interest, policy } = this.parts;
    const outcome = await attemptDelivery(interest.handler, delivery.event, { attempt: delivery.attempt, waits: delivery.waits ?? 0, policy });
    this.tell(delivery, outcome);
    await this.settle([{ delivery, outcome }]);
  }

  private async takenTogether(chunk: readonly Delivery<P>[]): Promise<boolean> {
    const { interest, policy } = this.parts;
    try {
      await interest.batchHandler?.(chunk.map(({ event }) => event), AbortSignal.timeout(policy.batchDeadlineMs));
      return true;
    } catch {
      // Each is handled alone now, and what is wrong with one of them is told then.
      return false;
    }
  }

  private async settle(settled: readonly Settled<P>[]): Promise<void> {
    const { interest, logger } = this.parts;
    try {
      await this.parts.settle(settled);
    } catch (error) {
      // The lease runs out and the events come again; the once-claim makes that free.
      logger.warn('The outcome of deliveries could not be stored', { error, group: interest.group, count: settled.length });
    } finally {
      this.inHand -= settled.length;
      this.window.settled(settled.length, performance.now() - (settled[0]?.delivery.readAt ?? 0));
      this.tellRoom();
    }
  }

  private tellRoom(): void {
    for (const resolve of this.roomWaiters.splice(0)) resolve();
  }

  private tell(delivery: Delivery<P>, outcome: Outcome): void {
    const { interest, logger } = this.parts;
    if (outcome.kind === 'done') return;
    const fields = { group: interest.group, type: delivery.event.type, event: delivery.event.id, attempt: delivery.attempt, error: outcome.error };
    if (outcome.kind === 'retry') logger.warn('An event handler failed and will be tried again', fields);
    else if (outcome.kind === 'wait') logger.warn('An event waits, since what its handler needs is away', { ...fields, waits: (delivery.waits ?? 0) + 1, pauseMs: outcome.pauseMs });
    else logger.error('An event became a dead letter', { ...fields, reason: outcome.reason });
  }
}
