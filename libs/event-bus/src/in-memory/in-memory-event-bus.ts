import { Logger } from '@selfos/observability';
import { Consumer, type Settled } from '../consumer.js';
import { DEFAULT_POLICY, type DeliveryPolicy } from '../delivery.js';
import { EventBus, eventOf, type BusEvent, type DeadLetter, type Interest, type Subscription } from '../event-bus.js';
import { Wake } from '../wake.js';
import { InMemoryGroup, type Parcel } from './in-memory-group.js';

interface Stored {
  readonly event: BusEvent;
  committed: boolean;
}

interface Run {
  readonly interest: Interest;
  readonly group: InMemoryGroup;
  readonly wake: Wake;
  readonly consumer: Consumer<Parcel>;
  closed: boolean;
}

/** The bus within one process, for specs: nothing outlives it. */
export class InMemoryEventBus extends EventBus {
  private readonly log: Stored[] = [];
  private readonly known = new Set<string>();
  private readonly groups = new Map<string, InMemoryGroup>();
  private readonly subscriptions = new Set<Subscription>();

  constructor(
    private readonly policy: DeliveryPolicy = DEFAULT_POLICY,
    private readonly logger = new Logger({ service: 'event-bus', level: 'CRITICAL' }),
  ) {
    super();
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    this.begin(events)();
  }

  /** A publish whose events have their places in the log and are not yet to be seen; returns what commits it. */
  begin(events: readonly BusEvent[]): () => void {
    const stored = events.filter(({ id }) => !this.known.has(id)).map((event) => ({ event: eventOf(event), committed: false }));
    for (const { event } of stored) this.known.add(event.id);
    this.log.push(...stored);
    return () => {
      for (const one of stored) one.committed = true;
      for (const group of this.groups.values()) group.wake();
    };
  }

  async subscribe(interest: Interest): Promise<Subscription> {
    const group = this.group(interest.group);
    const consumer = new Consumer<Parcel>({ interest, policy: this.policy, logger: this.logger, settle: async (settled) => settle(group, settled) });
    const run: Run = { interest, group, consumer, wake: new Wake(), closed: false };
    group.wakes.add(run.wake);
    const pump = this.pump(run);
    const subscription: Subscription = {
      close: async () => {
        run.closed = true;
        run.wake.call();
        group.wakes.delete(run.wake);
        this.subscriptions.delete(subscription);
        const left = await consumer.close();
        await pump;
        for (const { place } of left) if (group.release(place)) group.add(place);
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async deadLetters(group: string): Promise<readonly DeadLetter[]> {
    return this.group(group).dead.toReversed().slice(0, 100);
  }

  async replay(name: string, eventId: string): Promise<boolean> {
    const group = this.group(name);
    const index = group.dead.findIndex(({ event }) => event.id === eventId);
    const [letter] = index < 0 ? [] : group.dead.splice(index, 1);
    if (letter !== undefined) group.add({ event: letter.event, attempt: 1 });
    return letter !== undefined;
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
  }

  private async pump(run: Run): Promise<void> {
    const { interest, group, wake, consumer } = run;
    while (!run.closed) {
      this.read(group, interest.types);
      const taken = group.take(interest.types, consumer.room, this.policy.leaseMs);
      consumer.offer(taken.map((place) => ({ ...place, event: structuredClone(place.event), place, readAt: performance.now() })));
      if (taken.length === 0) await wake.sleep(Math.min(this.policy.pollMs, 20));
      await consumer.whenRoom();
    }
  }

  /** Up to the first event that is not committed: one behind it would be skipped for ever. */
  private read(group: InMemoryGroup, types: readonly string[]): void {
    const uncommitted = this.log.findIndex(({ committed }) => !committed);
    const end = uncommitted < 0 ? this.log.length : uncommitted;
    for (const type of types) {
      const from = group.read.get(type) ?? 0;
      group.read.set(type, Math.max(from, end));
      for (const { event } of this.log.slice(from, end)) if (event.type === type) group.add({ event, attempt: 1 });
    }
  }

  private group(name: string): InMemoryGroup {
    const group = this.groups.get(name) ?? new InMemoryGroup();
    this.groups.set(name, group);
    return group;
  }
}

function settle(group: InMemoryGroup, settled: readonly Settled<Parcel>[]): void {
  for (const { delivery: { place }, outcome } of settled) {
    if (!group.release(place)) continue;
    if (outcome.kind === 'retry') group.add({ ...place, attempt: place.attempt + 1 }, outcome.pauseMs);
    if (outcome.kind === 'wait') group.add({ ...place, waits: (place.waits ?? 0) + 1 }, outcome.pauseMs);
    if (outcome.kind === 'dead') group.dead.push({ event: place.event, attempts: place.attempt, reason: outcome.reason, diedAt: new Date() });
  }
}
