import { Redis } from 'ioredis';
import { uuidv7 } from '@selfos/kernel';
import type { Logger } from '@selfos/observability';
import { DEFAULT_POLICY, type DeliveryPolicy } from '../delivery.js';
import { EventBus, type BusEvent, type DeadLetter, type Interest, type Subscription } from '../event-bus.js';
import { DeadLetterStreams } from './dead-letters.js';
import { streamKey } from './entry.js';
import { GatheredPublishing } from './gathered-publishing.js';
import { REDIS_LIMITS } from './redis-limits.js';
import { Retries } from './retries.js';
import { StreamGroup } from './stream-group.js';
import { StreamSubscription } from './stream-subscription.js';
import { trimStream } from './trimming.js';

export interface RedisStreamsEventBusOptions {
  /** A Redis of version 7 or later that keeps what it acknowledges (`noeviction`, append-only file). */
  readonly url: string;
  readonly logger: Logger;
  readonly policy?: DeliveryPolicy;
  /** How long entries stay that every group has settled, for groups to come; 7 days when absent. */
  readonly keptMs?: number;
  /** How long a connection may owe an answer until it counts as lost; longer than a poll. See REDIS_LIMITS when absent. */
  readonly silenceMs?: number;
}

/** Stands for an entry that held no event. */
const NO_EVENT: BusEvent = { id: '', type: '' };
const WEEK_MS = 7 * 86_400_000;
/** Short, because a request is given up after a number of reconnections. */
const LONGEST_RECONNECT_MS = 500;
const TRIM_EVERY_MS = 60_000;

/** The bus as Redis Streams: one stream `events:<type>` for each type, one consumer group for each service. */
export class RedisStreamsEventBus extends EventBus {
  private readonly redis: Redis;
  private readonly letters: DeadLetterStreams;
  private readonly publishing: GatheredPublishing;
  private readonly logger: Logger;
  private readonly policy: DeliveryPolicy;
  private readonly subscriptions = new Set<Subscription>();
  private readonly types = new Set<string>();
  private readonly trimmer: NodeJS.Timeout;
  private life: Promise<string> | undefined;
  private closing: Promise<void> | undefined;

  constructor(private readonly options: RedisStreamsEventBusOptions) {
    super();
    this.logger = options.logger;
    this.policy = options.policy ?? DEFAULT_POLICY;
    this.redis = this.connect({ maxRetriesPerRequest: REDIS_LIMITS.retries });
    this.redis.on('close', () => (this.life = undefined));
    this.letters = new DeadLetterStreams(this.redis);
    this.publishing = new GatheredPublishing(this.redis);
    this.trimmer = setInterval(() => void this.trim().catch(() => undefined), TRIM_EVERY_MS * (0.9 + Math.random() * 0.2));
    this.trimmer.unref();
  }

  async publish(events: readonly BusEvent[]): Promise<void> {
    for (const { type } of events) this.types.add(type);
    if (events.length > 0) await this.publishing.add(events);
  }

  async subscribe(interest: Interest): Promise<Subscription> {
    for (const type of interest.types) this.types.add(type);
    const group = new StreamGroup(this.redis, interest.group, `c-${uuidv7()}`, interest.types.map(streamKey));
    await group.create();
    const reader = this.connect({ maxRetriesPerRequest: null });
    const run = new StreamSubscription({ redis: this.redis, reader, interest, group, policy: this.policy, logger: this.logger });
    run.start();
    const subscription: Subscription = {
      close: async () => {
        this.subscriptions.delete(subscription);
        await run.close();
      },
    };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async deadLetters(group: string): Promise<readonly DeadLetter[]> {
    const letters = (await this.letters.of(group)).slice(0, 100);
    return letters.map(({ event, attempts, reason, diedAt }) => ({ event: event ?? NO_EVENT, attempts, reason, diedAt }));
  }

  async replay(group: string, eventId: string): Promise<boolean> {
    const letter = (await this.letters.of(group)).find(({ event }) => event?.id === eventId);
    if (letter === undefined || letter.event === null) return false;
    await new Retries(this.redis, group, []).put([letter.event], { attempts: 0, waits: 0 }, 0);
    await this.letters.remove(letter);
    return true;
  }

  /** The server's run id: a restart or a failover may have lost writes that it had acknowledged. */
  override epoch(): Promise<string> {
    this.life ??= this.runId().catch((error: unknown) => {
      this.life = undefined;
      throw error;
    });
    return this.life;
  }

  /** Removes what every group has settled and nobody needs any more, of the types published or subscribed to here. Runs by itself each minute. */
  async trim(): Promise<void> {
    for (const type of this.types) await trimStream(this.redis, streamKey(type), this.options.keptMs ?? WEEK_MS);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    clearInterval(this.trimmer);
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    this.redis.disconnect();
  }

  private async runId(): Promise<string> {
    const info = await this.redis.info('server');
    return /^run_id:(\S+)/m.exec(info)?.[1] ?? 'unknown';
  }

  private connect(options: { maxRetriesPerRequest: number | null }): Redis {
    const silenceMs = this.options.silenceMs ?? REDIS_LIMITS.timeoutMs;
    const redis = new Redis(this.options.url, {
      ...options,
      protocol: 2, // replies to commands sent by name keep the documented shape
      socketTimeout: silenceMs,
      connectTimeout: silenceMs,
      // the number of tries counts only connections that are refused
      ...(options.maxRetriesPerRequest === null ? {} : { commandTimeout: 2 * silenceMs }),
      retryStrategy: (times) => Math.min(times * 50, LONGEST_RECONNECT_MS),
      enableAutoPipelining: options.maxRetriesPerRequest !== null,
    });
    redis.on('error', (error: unknown) => this.logger.warn('The connection to Redis has a problem', { error }));
    return redis;
  }
}
