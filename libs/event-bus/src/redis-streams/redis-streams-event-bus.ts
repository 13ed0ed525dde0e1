import { Redis } from 'ioredis';
import { uuidv7 } from '@selfos/kernel';
import type { Logger } from '@selfos/observability';
import { attemptDelivery, DEFAULT_POLICY, pauseAfter, type DeliveryPolicy } from '../delivery.js';
import { EventBus, type BusEvent, type DeadLetter, type Interest, type Subscription } from '../event-bus.js';
import { EventRejected } from '../event-bus.errors.js';
import { Slots } from '../slots.js';
import { DeadLetterStreams, fieldOf, StreamGroup, streamKey, type StreamEntry } from './stream-group.js';

export interface RedisStreamsEventBusOptions {
  /** A Redis of version 7 or later that keeps what it acknowledges (`noeviction`, append-only file). */
  readonly url: string;
  readonly logger: Logger;
  readonly policy?: DeliveryPolicy;
}

interface Run {
  readonly interest: Interest;
  readonly group: StreamGroup;
  readonly reader: Redis;
  readonly slots: Slots;
  closed: boolean;
}

/** The bus as Redis Streams: one stream `events:<type>` for each type, one consumer group for each service. */
export class RedisStreamsEventBus extends EventBus {
  private readonly redis: Redis;
  private readonly letters: DeadLetterStreams;
  private readonly logger: Logger;
  private readonly policy: DeliveryPolicy;
  private readonly subscriptions = new Set<Subscription>();
  private closing: Promise<void> | undefined;

  constructor(private readonly options: RedisStreamsEventBusOptions) {
    super();
    this.logger = options.logger;
    this.policy = options.policy ?? DEFAULT_POLICY;
    this.redis = this.connect({ maxRetriesPerRequest: 3 });
    this.letters = new DeadLetterStreams(this.redis);
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    if (events.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (const event of events) pipeline.xadd(streamKey(event.type), '*', 'event', JSON.stringify(event));
    for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  }

  async subscribe(interest: Interest): Promise<Subscription> {
    const group = new StreamGroup(this.redis, { group: interest.group, consumer: `c-${uuidv7()}`, keys: interest.types.map(streamKey) });
    await group.create();
    const reader = this.connect({ maxRetriesPerRequest: null });
    const run: Run = { interest, group, reader, slots: new Slots(this.policy.concurrency), closed: false };
    const loops = Promise.all([this.readLoop(run), this.sweepLoop(run)]);
    const subscription: Subscription = {
      close: async () => {
        run.closed = true;
        this.subscriptions.delete(subscription);
        await loops;
        await run.slots.whenIdle();
        reader.disconnect();
        await group.leave().catch(() => undefined);
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async deadLetters(group: string): Promise<readonly DeadLetter[]> {
    const letters = await this.letters.of(group);
    return letters.map(({ event, attempts, reason, diedAt }) => ({ event, attempts, reason, diedAt }));
  }

  async replay(group: string, eventId: string): Promise<boolean> {
    const letter = (await this.letters.of(group)).find(({ event }) => event.id === eventId);
    if (letter !== undefined) await this.letters.revive(letter, group);
    return letter !== undefined;
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    this.redis.disconnect();
  }

  private connect(options: { maxRetriesPerRequest: number | null }): Redis {
    // RESP2: replies to commands sent by name keep the documented shape
    const redis = new Redis(this.options.url, { ...options, protocol: 2, enableAutoPipelining: options.maxRetriesPerRequest !== null });
    redis.on('error', (error: unknown) => this.logger.warn('The connection to Redis has a problem', { error }));
    return redis;
  }

  /** Reads with short blocks: a block that is cut off could lose the entries in its answer until their lease is over. */
  private async readLoop(run: Run): Promise<void> {
    const blockMs = Math.min(this.policy.pollMs, 1_000);
    while (!run.closed) {
      await run.slots.whenFree();
      try {
        const entries = run.closed ? [] : await run.group.read(run.reader, run.slots.free, blockMs);
        for (const entry of entries) run.slots.run(() => this.deliver(run, entry));
      } catch (error) {
        await this.recover(run, error);
      }
    }
  }

  private async sweepLoop(run: Run): Promise<void> {
    while (!run.closed) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(this.policy.pollMs, 1_000)));
      if (run.closed || run.slots.free === 0) continue;
      try {
        const due = await run.group.claimDue((attempt) => pauseAfter(attempt, this.policy), this.policy.leaseMs);
        for (const entry of due) run.slots.run(() => this.deliver(run, entry));
      } catch (error) {
        await this.recover(run, error);
      }
    }
  }

  /** After a lost connection or a flushed server: make the groups again, then go on. */
  private async recover(run: Run, error: unknown): Promise<void> {
    if (run.closed) return;
    this.logger.warn('The event bus cannot be read, trying again', { error, group: run.interest.group });
    await new Promise((resolve) => setTimeout(resolve, this.policy.pollMs));
    await run.group.create().catch(() => undefined);
  }

  private async deliver(run: Run, entry: StreamEntry): Promise<void> {
    try {
      const only = fieldOf(entry, 'only');
      if (only !== undefined && only !== run.interest.group) return await run.group.acknowledge(entry);
      await this.handle(run, entry);
    } catch (error) {
      // The lease runs out and the event comes again; the once-claim makes that free.
      this.logger.warn('The outcome of a delivery could not be stored', { error, group: run.interest.group });
    }
  }

  private async handle(run: Run, entry: StreamEntry): Promise<void> {
    const type = entry.key.slice(streamKey('').length);
    const event = readEvent(entry);
    if (event === undefined) return run.group.bury(entry, { type, reason: EventRejected.code });
    const outcome = await attemptDelivery(run.interest.handler, event, { attempt: entry.attempt, policy: this.policy });
    if (outcome.kind === 'done') return run.group.acknowledge(entry);
    const fields = { group: run.interest.group, type, event: event.id, attempt: entry.attempt, error: outcome.error };
    if (outcome.kind === 'retry') {
      this.logger.warn('An event handler failed and will be tried again', fields);
      return run.group.postpone(entry);
    }
    this.logger.error('An event became a dead letter', { ...fields, reason: outcome.reason });
    await run.group.bury(entry, { type, reason: outcome.reason });
  }
}

function readEvent(entry: StreamEntry): BusEvent | undefined {
  try {
    const event: unknown = JSON.parse(fieldOf(entry, 'event') ?? '');
    return typeof event === 'object' && event !== null && 'id' in event && 'type' in event ? (event as BusEvent) : undefined;
  } catch {
    return undefined;
  }
}
