import pg from 'pg';
import type { Logger } from '@selfos/observability';
import { attemptDelivery, DEFAULT_POLICY, type DeliveryPolicy } from '../delivery.js';
import { EventBus, type BusEvent, type DeadLetter, type Interest, type Subscription } from '../event-bus.js';
import { Slots } from '../slots.js';
import { Wake } from '../wake.js';
import { BusStore, type Claimed } from './bus-store.js';
import { Listener } from './listener.js';

export interface PostgresEventBusOptions {
  /** Connection string of the bus's own database, which exists. */
  readonly url: string;
  readonly logger: Logger;
  readonly policy?: DeliveryPolicy;
  /** Connections for claims and publishing, beside the one that listens. */
  readonly poolSize?: number;
}

/** How soon to look again when a running transaction still hides events. */
const HIDDEN_POLL_MS = 20;
const ORPHAN_SWEEP_MS = 5_000;

interface Run {
  readonly interest: Interest;
  readonly wake: Wake;
  readonly slots: Slots;
  closed: boolean;
  sweptAt: number;
}

/** The bus as a log in PostgreSQL: no other part to install, and good for some thousand events a second. */
export class PostgresEventBus extends EventBus {
  private readonly pool: pg.Pool;
  private readonly store: BusStore;
  private readonly listener: Listener;
  private readonly logger: Logger;
  private readonly policy: DeliveryPolicy;
  private readonly subscriptions = new Set<Subscription>();
  private ready: Promise<void> | undefined;
  private closing: Promise<void> | undefined;

  constructor(options: PostgresEventBusOptions) {
    super();
    this.logger = options.logger;
    this.policy = options.policy ?? DEFAULT_POLICY;
    this.pool = new pg.Pool({ connectionString: options.url, max: options.poolSize ?? 2, application_name: 'selfos-bus' });
    this.pool.on('error', (error) => this.logger.warn('A connection of the event bus was lost', { error }));
    this.store = new BusStore(this.pool);
    this.listener = new Listener(options.url, options.logger);
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.prepared();
    await this.store.append(events);
  }

  async subscribe(interest: Interest): Promise<Subscription> {
    await this.prepared();
    await this.listener.start();
    await this.store.openCursors(interest.group, interest.types);
    const run: Run = { interest, wake: new Wake(), slots: new Slots(this.policy.concurrency), closed: false, sweptAt: 0 };
    this.listener.add(run.wake);
    const pump = this.pump(run);
    const subscription: Subscription = {
      close: async () => {
        run.closed = true;
        run.wake.call();
        this.subscriptions.delete(subscription);
        await pump;
        await run.slots.whenIdle();
        this.listener.remove(run.wake);
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async deadLetters(group: string): Promise<readonly DeadLetter[]> {
    await this.prepared();
    return this.store.deadLetters(group);
  }

  async replay(group: string, eventId: string): Promise<boolean> {
    await this.prepared();
    return this.store.revive(group, eventId);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.listener.stop();
    await this.pool.end();
  }

  /** A failed preparation is tried again by the next caller. */
  private prepared(): Promise<void> {
    this.ready ??= this.store.prepare().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }

  private async pump(run: Run): Promise<void> {
    while (!run.closed) {
      await run.slots.whenFree();
      try {
        const claimed = await this.claim(run);
        for (const delivery of claimed) run.slots.run(() => this.deliver(run.interest, delivery));
        if (claimed.length === 0) await run.wake.sleep(await this.pause(run));
      } catch (error) {
        this.logger.warn('The event bus cannot be read, trying again', { error, group: run.interest.group });
        await run.wake.sleep(this.policy.pollMs);
      }
    }
  }

  private async claim(run: Run): Promise<Claimed[]> {
    const { group, types } = run.interest;
    if (run.closed) return [];
    await this.sweep(run);
    const request = { group, types, leaseMs: this.policy.leaseMs, owner: this.listener.processId };
    const due = await this.store.claimDue({ ...request, most: run.slots.free });
    if (due.length >= run.slots.free) return due;
    return [...due, ...(await this.store.claimFresh({ ...request, most: run.slots.free - due.length }))];
  }

  private async sweep(run: Run): Promise<void> {
    if (Date.now() - run.sweptAt < ORPHAN_SWEEP_MS) return;
    run.sweptAt = Date.now();
    await this.store.releaseOrphans(run.interest.group);
  }

  private async pause(run: Run): Promise<number> {
    const hidden = await this.store.isBehind(run.interest.group, run.interest.types);
    return hidden ? HIDDEN_POLL_MS : this.policy.pollMs;
  }

  private async deliver(interest: Interest, claimed: Claimed): Promise<void> {
    const outcome = await attemptDelivery(interest.handler, claimed.event, { attempt: claimed.attempt, policy: this.policy });
    try {
      if (outcome.kind === 'done') return await this.store.done(interest.group, claimed.position);
      const fields = { group: interest.group, type: claimed.event.type, event: claimed.event.id, attempt: claimed.attempt, error: outcome.error };
      if (outcome.kind === 'retry') {
        this.logger.warn('An event handler failed and will be tried again', fields);
        return await this.store.postpone(interest.group, claimed, outcome);
      }
      this.logger.error('An event became a dead letter', { ...fields, reason: outcome.reason });
      await this.store.bury(interest.group, claimed, outcome.reason);
    } catch (error) {
      // The lease runs out and the event comes again; the once-claim makes that free.
      this.logger.warn('The outcome of a delivery could not be stored', { error, group: interest.group });
    }
  }
}
