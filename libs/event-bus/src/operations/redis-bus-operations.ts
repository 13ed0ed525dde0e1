import { Redis } from 'ioredis';
import { DEFAULT_POLICY } from '../delivery.js';
import type { BusEvent } from '../event-bus.js';
import { BusUnavailable } from '../event-bus.errors.js';
import { DeadLetterStreams, type StoredLetter } from '../redis-streams/dead-letters.js';
import { deadLetterKey, retryKey, streamKey, typeOf, unpacked, type RawEntry } from '../redis-streams/entry.js';
import { REDIS_LIMITS } from '../redis-streams/redis-limits.js';
import { Retries } from '../redis-streams/retries.js';
import { BusOperations, factsOf, type DeadEvent, type EventFacts, type GroupLag, type OpenEvent, type Told, type ToldEvent } from './bus-operations.js';

type Pending = [id: string, consumer: string, idleMs: number, deliveries: number][];

/** A consumer that was silent for this long is dead: one that waits for nothing but its handlers renews its leases sooner. */
const DEAD_AFTER_MS = DEFAULT_POLICY.leaseMs;

interface Group {
  readonly key: string;
  readonly name: string;
  readonly lastRead: string;
  readonly pending: number;
  /** Entries that it has not read; undefined where Redis cannot tell. */
  readonly lag: number | undefined;
}

/** Redis Streams, for operators. */
export class RedisBusOperations extends BusOperations {
  private constructor(private readonly redis: Redis) {
    super();
  }

  /** Rejects with BusUnavailable where no Redis answers. */
  static async open(url: string): Promise<RedisBusOperations> {
    const redis = new Redis(url, { protocol: 2, lazyConnect: true, maxRetriesPerRequest: 1, connectTimeout: 5_000, socketTimeout: REDIS_LIMITS.timeoutMs, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
    } catch (cause) {
      redis.disconnect();
      throw new BusUnavailable({ detail: 'The Redis of the event bus does not answer.', cause });
    }
    return new RedisBusOperations(redis);
  }

  async told(most: number, after?: string): Promise<Told> {
    const seen = new Map<string, string>(after === undefined ? [] : (JSON.parse(after) as [string, string][]));
    const events: ToldEvent[] = [];
    for (const key of await this.streams()) {
      const entries = (await this.redis.xrevrange(key, '+', seen.has(key) ? `(${seen.get(key) ?? ''}` : '-', 'COUNT', most)) as RawEntry[];
      const newest = entries[0]?.[0];
      if (newest !== undefined) seen.set(key, newest);
      for (const entry of entries.toReversed()) events.push(...eventsIn(key, entry).map((facts) => ({ facts, publishedAt: timeOf(entry[0]) })));
    }
    const inOrder = events.toSorted((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
    return { events: inOrder.slice(-most), place: JSON.stringify([...seen]) };
  }

  async lag(): Promise<GroupLag[]> {
    const dead = Map.groupBy(await this.dead(), ({ group, facts }) => `${group} ${facts.type}`);
    const groups = await this.groups();
    const lags = await Promise.all(groups.map(async (group) => {
      const type = typeOf(group.key);
      const [[first] = [], waiting] = await Promise.all([
        this.redis.xrange(group.key, `(${group.lastRead}`, '+', 'COUNT', 1) as Promise<RawEntry[]>,
        this.redis.zcard(retryKey(type, group.name)),
      ]);
      const unread = group.lag ?? ((await this.redis.xrange(group.key, `(${group.lastRead}`, '+')) as RawEntry[]).length;
      return { group: group.name, type, unread, open: group.pending + waiting, dead: dead.get(`${group.name} ${type}`)?.length ?? 0, since: first === undefined ? undefined : timeOf(first[0]) };
    }));
    return lags.toSorted((a, b) => (`${a.group} ${a.type}` < `${b.group} ${b.type}` ? -1 : 1));
  }

  async open(most: number): Promise<OpenEvent[]> {
    const found: OpenEvent[] = [];
    for (const group of await this.groups()) found.push(...(await this.inHand(group, most)), ...(await this.waiting(group, most)));
    return found.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).slice(0, most);
  }

  async dead(): Promise<DeadEvent[]> {
    return (await new DeadLetterStreams(this.redis).all()).map(asDead);
  }

  async replay(letter: DeadEvent): Promise<boolean> {
    const stored = await this.find(letter);
    if (stored === undefined || stored.event === null) return false;
    await new Retries(this.redis, letter.group, []).put([stored.event], { attempts: 0, waits: 0 }, 0);
    await new DeadLetterStreams(this.redis).remove(stored);
    return true;
  }

  async drop(letter: DeadEvent): Promise<boolean> {
    const stored = await this.find(letter);
    if (stored !== undefined) await new DeadLetterStreams(this.redis).remove(stored);
    return stored !== undefined;
  }

  async forget(name: string): Promise<'forgotten' | 'unknown' | 'at work'> {
    const own = (await this.groups()).filter((group) => group.name === name);
    if (own.length === 0) return 'unknown';
    for (const { key } of own) if (await this.isAtWork(key, name)) return 'at work';
    for (const { key } of own) {
      await this.redis.xgroup('DESTROY', key, name);
      await this.redis.del(retryKey(typeOf(key), name));
    }
    const letters = new DeadLetterStreams(this.redis);
    for (const letter of await letters.of(name)) await letters.remove(letter);
    return 'forgotten';
  }

  async close(): Promise<void> {
    this.redis.disconnect();
  }

  private async isAtWork(key: string, group: string): Promise<boolean> {
    const consumers = (await this.redis.call('XINFO', 'CONSUMERS', key, group)) as unknown[][];
    return consumers.some((fields) => Number(fields[fields.indexOf('idle') + 1]) < DEAD_AFTER_MS);
  }

  private async inHand({ key, name }: Group, most: number): Promise<OpenEvent[]> {
    const pending = (await this.redis.call('XPENDING', key, name, '-', '+', most)) as Pending;
    const found: OpenEvent[] = [];
    for (const [id, , idleMs, deliveries] of pending) {
      const entries = (await this.redis.xrange(key, id, id)) as RawEntry[];
      const open = { group: name, attempt: deliveries, waits: 0, inHand: true, dueAt: new Date(Date.now() - idleMs) };
      found.push(...entries.flatMap((entry) => eventsIn(key, entry)).map((facts) => ({ ...open, facts })));
    }
    return found;
  }

  private async waiting({ key, name }: Group, most: number): Promise<OpenEvent[]> {
    const waiting = await new Retries(this.redis, name, [typeOf(key)]).waiting(most);
    return waiting.map(({ event, attempts, waits, dueAt }) => {
      const facts = factsOf(event, JSON.stringify(event), { id: '', type: typeOf(key) });
      return { group: name, facts, attempt: attempts + 1, waits, inHand: false, dueAt };
    });
  }

  private async find(letter: DeadEvent): Promise<StoredLetter | undefined> {
    const sameMoment = await new DeadLetterStreams(this.redis).at(letter.facts.type, letter.diedAt);
    return sameMoment.find((stored) => stored.group === letter.group && asDead(stored).facts.id === letter.facts.id);
  }

  private async streams(): Promise<string[]> {
    const keys = new Set<string>();
    for await (const batch of this.redis.scanStream({ match: streamKey('*'), type: 'stream' })) for (const key of batch as string[]) keys.add(key);
    return [...keys].filter((key) => !key.startsWith(deadLetterKey(''))).toSorted();
  }

  private async groups(): Promise<Group[]> {
    const all = await Promise.all((await this.streams()).map(async (key) => {
      const answer = (await this.redis.call('XINFO', 'GROUPS', key)) as unknown[][];
      return answer.map((fields) => groupOf(key, new Map(fields.map((field, index) => [field, fields[index + 1]]))));
    }));
    return all.flat();
  }
}

function groupOf(key: string, fields: ReadonlyMap<unknown, unknown>): Group {
  const lag = fields.get('lag');
  return { key, name: String(fields.get('name')), lastRead: String(fields.get('last-delivered-id')), pending: Number(fields.get('pending')), lag: typeof lag === 'number' ? lag : undefined };
}

function eventsIn(key: string, entry: RawEntry): EventFacts[] {
  const { events, id } = unpacked(key, entry, 1);
  if (events === undefined) return [factsOf(undefined, (entry[1] ?? []).join(''), { id, type: typeOf(key) })];
  return events.map((event: BusEvent) => factsOf(event, JSON.stringify(event), { id, type: typeOf(key) }));
}

function asDead(letter: StoredLetter): DeadEvent {
  const facts = factsOf(letter.event, JSON.stringify(letter.event), { id: letter.id, type: letter.key.slice(deadLetterKey('').length) });
  return { group: letter.group, facts, attempts: letter.attempts, reason: letter.reason, diedAt: letter.diedAt };
}

/** An id of a stream begins with the server's time, milliseconds. */
function timeOf(id: string): Date {
  return new Date(Number(id.split('-')[0]));
}
