import type { Redis } from 'ioredis';
import type { Logger } from '@selfos/observability';
import { Consumer, type Delivery, type Settled } from '../consumer.js';
import type { DeliveryPolicy, Outcome } from '../delivery.js';
import type { BusEvent, Interest } from '../event-bus.js';
import { EventRejected } from '../event-bus.errors.js';
import { Wake } from '../wake.js';
import { Acknowledger } from './acknowledger.js';
import { DeadLetterStreams } from './dead-letters.js';
import { typeOf, type StreamEntry } from './entry.js';
import { Lapses } from './lapses.js';
import { Retries, type TakenRetry } from './retries.js';
import type { StreamGroup } from './stream-group.js';

export interface StreamSubscriptionParts {
  readonly redis: Redis;
  /** The connection that waits for new entries. */
  readonly reader: Redis;
  readonly interest: Interest;
  readonly group: StreamGroup;
  readonly policy: DeliveryPolicy;
  readonly logger: Logger;
}

/** An entry in hand; it is acknowledged when none of its events is left. */
interface OpenEntry {
  readonly entry: StreamEntry;
  /** When its lease began, here's clock. */
  since: number;
  left: number;
}

type Place = OpenEntry | TakenRetry;

const LONGEST_BLOCK_MS = 1_000;
/** What the look for due leases does not see (those behind many of one consumer) is looked for this often, or every third of a lease if that is sooner. */
const LONGEST_UNSWEPT_MS = 10_000;
const isEntry = (place: Place): place is OpenEntry => 'entry' in place;
/** After so many deliveries an event shares neither its entry nor a batch with others: one of them may kill its consumer. */
const DELIVERIES_TOGETHER = 2;

/** One consumer of one group: reads new entries, takes over what others left, tries again what failed. */
export class StreamSubscription {
  private readonly consumer: Consumer<Place>;
  private readonly acknowledger: Acknowledger;
  private readonly retries: Retries;
  private readonly letters: DeadLetterStreams;
  private readonly open = new Set<OpenEntry>();
  private readonly lapses = new Lapses();
  private readonly sweepSoon = new Wake();
  private loops: Promise<unknown> | undefined;
  private closed = false;
  private eventsPerEntry = 1;
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: StreamSubscriptionParts) {
    const { interest, policy, logger, redis } = parts;
    this.acknowledger = new Acknowledger(redis, interest.group);
    this.retries = new Retries(redis, interest.group, interest.types);
    this.letters = new DeadLetterStreams(redis);
    this.consumer = new Consumer({ interest, policy, logger, settle: (settled) => this.settle(settled) });
  }

  start(): void {
    this.loops = Promise.all([this.readLoop(), this.sweepLoop()]);
  }

  /** Takes nothing more, waits for what runs, gives back what was not begun. */
  async close(): Promise<void> {
    this.closed = true;
    this.sweepSoon.call();
    const left = [...(await this.consumer.close())];
    // a read from a Redis that is gone never answers
    await Promise.race([this.loops, new Promise((resolve) => setTimeout(resolve, LONGEST_BLOCK_MS * 1.5).unref())]);
    left.push(...(await this.consumer.close()));
    // where Redis is gone, the leases run out
    if (this.parts.redis.status === 'ready') await this.giveBack(left).then(() => this.parts.group.leave()).catch(() => undefined);
    this.parts.reader.disconnect();
  }

  /** Reads with short blocks: a block that is cut off could lose the entries in its answer until their lease is over. */
  private async readLoop(): Promise<void> {
    const { group, reader, policy } = this.parts;
    while (!this.closed) {
      await this.consumer.whenRoom();
      try {
        const most = Math.max(1, Math.floor(this.consumer.room / this.eventsPerEntry));
        if (!this.closed) await this.take(await group.read(reader, most, Math.min(policy.pollMs, LONGEST_BLOCK_MS)));
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  private async sweepLoop(): Promise<void> {
    while (!this.closed) {
      try {
        await this.keepLeases();
        const due = await this.untilDue();
        const more = (due === 0 || this.isUnswept) && (await this.sweep());
        if (!more) await this.sweepSoon.sleep(this.pause(due));
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  private get isUnswept(): boolean {
    return performance.now() - this.sweptAt > Math.min(LONGEST_UNSWEPT_MS, this.parts.policy.leaseMs / 3);
  }

  /** One look at what failed and at what others left; true when there may be more at once. */
  private async sweep(): Promise<boolean> {
    const { policy, group } = this.parts;
    if (this.consumer.room === 0) return this.waitForRoom();
    const retries = await this.retries.take(this.consumer.room, policy.leaseMs);
    this.consumer.offer(retries.map((retry) => ({ event: retry.event, attempt: retry.attempt, waits: retry.waits, place: retry, readAt: performance.now(), alone: true })));
    const room = this.consumer.room;
    if (room === 0) return true;
    this.lapses.hunting(Date.now());
    const { entries, done } = await group.takeOver(Math.max(1, Math.floor(room / this.eventsPerEntry)), policy.leaseMs);
    await this.take(entries);
    if (!done) return true;
    this.sweptAt = performance.now();
    this.lapses.hunted();
    return false;
  }

  /** Not for long: leases in hand have to be renewed meanwhile. */
  private async waitForRoom(): Promise<boolean> {
    const nap = new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_BLOCK_MS, this.parts.policy.leaseMs / 10)).unref());
    await Promise.race([this.consumer.whenRoom(), nap]);
    return true;
  }

  /** Milliseconds until a retry is due or a lease could end; undefined when there is none. */
  private async untilDue(): Promise<number | undefined> {
    const [retry, lease] = await Promise.all([this.retries.untilNext(), this.parts.group.untilNextLeaseEnds(this.parts.policy.leaseMs)]);
    const due = [retry, lease, this.lapses.untilNext(Date.now())].filter((one) => one !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /** A second at most, and spread so that replicas do not come as one. */
  private pause(due: number | undefined): number {
    if (this.closed) return 0;
    const longest = Math.min(this.parts.policy.pollMs, LONGEST_BLOCK_MS) * (0.9 + Math.random() * 0.2);
    return Math.max(5 + Math.random() * 5, Math.min(longest, due ?? longest));
  }

  private async take(entries: readonly StreamEntry[]): Promise<void> {
    const deliveries: Delivery<Place>[] = [];
    try {
      for (const entry of entries) {
        const { events } = entry;
        if (events === undefined || events.length === 0) await this.buryNonsense(entry);
        else if (events.length > 1 && entry.deliveries > DELIVERIES_TOGETHER) await this.takeOut(entry, events).then(() => this.sweepSoon.call());
        else deliveries.push(...this.opened(entry, events));
      }
    } finally {
      // also when Redis went away in between: what is open here is nobody else's
      this.consumer.offer(deliveries);
    }
  }

  private opened(entry: StreamEntry, events: readonly BusEvent[]): Delivery<Place>[] {
    this.eventsPerEntry = this.eventsPerEntry * 0.9 + events.length * 0.1;
    const open: OpenEntry = { entry, since: Date.now(), left: events.length };
    this.open.add(open);
    const orphaned = entry.deliveries === DELIVERIES_TOGETHER;
    const readAt = performance.now();
    return events.map((event) => ({ event, attempt: entry.deliveries, place: open, readAt, orphaned }));
  }

  /** Puts events of an entry aside, this delivery not counted, and forgets the entry. */
  private async takeOut(entry: StreamEntry, events: readonly BusEvent[]): Promise<void> {
    await this.retries.put(events, { attempts: entry.deliveries - 1, waits: 0 }, 0);
    await this.acknowledger.acknowledge(entry.key, entry.id);
  }

  private async buryNonsense(entry: StreamEntry): Promise<void> {
    this.parts.logger.error('An entry of the event bus holds no events', { type: typeOf(entry.key), entry: entry.id });
    await this.letters.add(this.parts.interest.group, { type: typeOf(entry.key), event: null, attempts: entry.deliveries, reason: EventRejected.code });
    await this.acknowledger.acknowledge(entry.key, entry.id);
  }

  private async settle(settled: readonly Settled<Place>[]): Promise<void> {
    try {
      await this.store(settled);
    } catch (error) {
      // whoever keeps renewing the lease of what it could not settle keeps it from everybody
      for (const { delivery: { place } } of settled) if (isEntry(place)) this.letLapse(place);
      throw error;
    }
  }

  private letLapse(open: OpenEntry): void {
    this.open.delete(open);
    this.lapses.add(open.since + this.parts.policy.leaseMs);
  }

  /** First what must be kept elsewhere, then what may be forgotten here: a cut in between brings an event twice, never not at all. */
  private async store(settled: readonly Settled<Place>[]): Promise<void> {
    const failed = settled.filter(({ outcome }) => outcome.kind !== 'done');
    await Promise.all(failed.map(({ delivery, outcome }) => this.keepElsewhere(delivery, outcome)));
    const finished: OpenEntry[] = [];
    const retried: TakenRetry[] = [];
    for (const { delivery: { place }, outcome } of settled) {
      if (isEntry(place) && (place.left -= 1) === 0) finished.push(place);
      // one that failed again is the same member, due later
      if (!isEntry(place) && outcome.kind !== 'retry') retried.push(place);
    }
    await Promise.all([...finished.map(({ entry }) => this.acknowledger.acknowledge(entry.key, entry.id)), this.retries.remove(retried)]);
    for (const open of finished) this.open.delete(open);
  }

  private async keepElsewhere({ event, attempt, waits = 0 }: Delivery<Place>, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'retry' || outcome.kind === 'wait') {
      const soFar = outcome.kind === 'retry' ? { attempts: attempt, waits } : { attempts: attempt - 1, waits: waits + 1 };
      await this.retries.put([event], soFar, outcome.pauseMs);
      this.sweepSoon.call();
    }
    if (outcome.kind === 'dead') await this.letters.add(this.parts.interest.group, { type: event.type, event, attempts: attempt, reason: outcome.reason });
  }

  /** Entries whose handlers take long stay ours. One that has been silent for almost the whole lease may be another's by now. */
  private async keepLeases(): Promise<void> {
    const { leaseMs } = this.parts.policy;
    const now = Date.now();
    for (const open of this.open) if (now - open.since > leaseMs * 0.9) this.letLapse(open);
    const aged = [...this.open].filter(({ since }) => now - since > leaseMs / 3);
    await this.parts.group.keep(aged.map(({ entry }) => entry));
    for (const open of aged) open.since = now;
  }

  /** Of an entry whose other events are settled, what is left goes on alone: given back whole, it would bring all of them again. */
  private async giveBack(left: readonly Delivery<Place>[]): Promise<void> {
    const whole: StreamEntry[] = [];
    for (const [place, deliveries] of Map.groupBy(left, (delivery) => delivery.place)) {
      if (!isEntry(place)) await this.retries.giveBack(place);
      else if (deliveries.length === place.left && place.left !== place.entry.events?.length) await this.takeOut(place.entry, deliveries.map(({ event }) => event));
      else whole.push(place.entry);
    }
    await this.parts.group.giveBack(whole, this.parts.policy.leaseMs);
  }

  /** After a lost connection or a flushed server: make the groups again, then go on. */
  private async recover(error: unknown): Promise<void> {
    if (this.closed) return;
    this.parts.logger.warn('The event bus cannot be read, trying again', { error, group: this.parts.interest.group });
    // what the lost answer brought is ours, and not in hand
    this.lapses.add(Date.now() + this.parts.policy.leaseMs);
    await new Promise((resolve) => setTimeout(resolve, this.parts.policy.pollMs));
    await this.parts.group.create().catch(() => undefined);
  }
}
