import { attemptDelivery, DEFAULT_POLICY, type DeliveryPolicy } from '../delivery.js';
import { EventBus, type BusEvent, type DeadLetter, type Interest, type Subscription } from '../event-bus.js';
import { Slots } from '../slots.js';
import { Wake } from '../wake.js';

interface Delivery {
  readonly event: BusEvent;
  readonly attempt: number;
  readonly dueAt: number;
}

/** What one group has read, has still to do, and has given up. */
class Group {
  readonly read = new Map<string, number>();
  readonly dead: DeadLetter[] = [];
  readonly wakes = new Set<Wake>();
  private queue: Delivery[] = [];

  add(delivery: Delivery): void {
    this.queue.push(delivery);
    this.wake();
  }

  wake(): void {
    for (const wake of this.wakes) wake.call();
  }

  /** Takes up to `most` deliveries of `types` that are due. */
  take(types: readonly string[], most: number): Delivery[] {
    const now = Date.now();
    const due = this.queue.filter((delivery) => delivery.dueAt <= now && types.includes(delivery.event.type)).slice(0, most);
    this.queue = this.queue.filter((delivery) => !due.includes(delivery));
    return due;
  }
}

/** The bus within one process, for specs: nothing outlives it. */
export class InMemoryEventBus extends EventBus {
  private readonly log: BusEvent[] = [];
  private readonly known = new Set<string>();
  private readonly groups = new Map<string, Group>();
  private readonly subscriptions = new Set<Subscription>();

  constructor(private readonly policy: DeliveryPolicy = DEFAULT_POLICY) {
    super();
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    for (const event of events.filter(({ id }) => !this.known.has(id))) {
      this.known.add(event.id);
      this.log.push(structuredClone(event));
    }
    for (const group of this.groups.values()) group.wake();
  }

  async subscribe(interest: Interest): Promise<Subscription> {
    const group = this.group(interest.group);
    const wake = new Wake();
    group.wakes.add(wake);
    const slots = new Slots(this.policy.concurrency);
    const state = { closed: false };
    const pump = this.pump({ interest, group, wake, slots, state });
    const subscription: Subscription = {
      close: async () => {
        state.closed = true;
        wake.call();
        group.wakes.delete(wake);
        this.subscriptions.delete(subscription);
        await pump;
        await slots.whenIdle();
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
    if (letter !== undefined) group.add({ event: letter.event, attempt: 1, dueAt: 0 });
    return letter !== undefined;
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
  }

  private async pump(run: { interest: Interest; group: Group; wake: Wake; slots: Slots; state: { closed: boolean } }): Promise<void> {
    const { interest, group, wake, slots, state } = run;
    while (!state.closed) {
      this.read(group, interest.types);
      const taken = group.take(interest.types, slots.free);
      for (const delivery of taken) slots.run(() => this.deliver(interest, group, delivery));
      if (taken.length === 0) await wake.sleep(Math.min(this.policy.pollMs, 20));
      await slots.whenFree();
    }
  }

  private read(group: Group, types: readonly string[]): void {
    for (const type of types) {
      const from = group.read.get(type) ?? 0;
      group.read.set(type, this.log.length);
      for (const event of this.log.slice(from).filter((entry) => entry.type === type)) group.add({ event, attempt: 1, dueAt: 0 });
    }
  }

  private async deliver(interest: Interest, group: Group, { event, attempt }: Delivery): Promise<void> {
    const outcome = await attemptDelivery(interest.handler, structuredClone(event), { attempt, policy: this.policy });
    if (outcome.kind === 'retry') group.add({ event, attempt: attempt + 1, dueAt: Date.now() + outcome.pauseMs });
    if (outcome.kind === 'dead') group.dead.push({ event, attempts: attempt, reason: outcome.reason, diedAt: new Date() });
  }

  private group(name: string): Group {
    const group = this.groups.get(name) ?? new Group();
    this.groups.set(name, group);
    return group;
  }
}
