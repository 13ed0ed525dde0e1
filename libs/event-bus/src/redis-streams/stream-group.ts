import type { Redis } from 'ioredis';
import type { BusEvent, DeadLetter } from '../event-bus.js';

/** One stream entry brought to a consumer. */
export interface StreamEntry {
  readonly key: string;
  readonly id: string;
  readonly attempt: number;
  /** Field name, value, field name, value … as Redis answers them. */
  readonly fields: readonly string[];
}

/** Pending entries of this consumer failed and wait for their next attempt. */
const WAITING = 'waiting';
const SWEEP_COUNT = 100;

export const streamKey = (type: string) => `events:${type}`;
export const deadLetterKey = (type: string) => `events:dlq:${type}`;

/** The value of a field of an entry. */
export function fieldOf(entry: { readonly fields: readonly string[] }, name: string): string | undefined {
  const index = entry.fields.findIndex((field, position) => position % 2 === 0 && field === name);
  return index < 0 ? undefined : entry.fields[index + 1];
}

type Entries = [id: string, fields: string[] | null][];
type Pending = [id: string, consumer: string, idleMs: number, deliveries: number][];

/** Who reads which streams. */
export interface Membership {
  readonly group: string;
  readonly consumer: string;
  readonly keys: readonly string[];
}

/** The Redis commands of one consumer in one group over some streams. */
export class StreamGroup {
  private readonly group: string;
  private readonly consumer: string;
  private readonly keys: readonly string[];

  constructor(
    private readonly redis: Redis,
    membership: Membership,
  ) {
    this.group = membership.group;
    this.consumer = membership.consumer;
    this.keys = membership.keys;
  }

  /** Creates the streams and the group where they are missing, at the beginning of each stream. */
  async create(): Promise<void> {
    for (const key of this.keys) {
      try {
        await this.redis.xgroup('CREATE', key, this.group, '0', 'MKSTREAM');
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('BUSYGROUP')) throw error;
      }
    }
  }

  /** New entries, waiting at most `blockMs` for them on the given connection. */
  async read(reader: Redis, most: number, blockMs: number): Promise<StreamEntry[]> {
    const answer = (await reader.call(
      'XREADGROUP', 'GROUP', this.group, this.consumer, 'COUNT', most, 'BLOCK', blockMs, 'STREAMS', ...this.keys, ...this.keys.map(() => '>'),
    )) as [key: string, entries: Entries][] | null;
    return (answer ?? []).flatMap(([key, entries]) => entries.map(([id, fields]) => ({ key, id, attempt: 1, fields: fields ?? [] })));
  }

  /** Failed entries whose pause is over, and entries whose consumer gave no news for `leaseMs`; each is claimed by one replica only. */
  async claimDue(pauseAfter: (attempt: number) => number, leaseMs: number): Promise<StreamEntry[]> {
    const due: StreamEntry[] = [];
    for (const key of this.keys) {
      const waiting = await this.pending(key, pauseAfter(1), WAITING);
      const silent = (await this.pending(key, leaseMs)).filter(([, consumer]) => consumer !== WAITING);
      for (const entry of waiting.filter(([, , idle, deliveries]) => idle >= pauseAfter(deliveries))) due.push(...(await this.claim(key, entry, pauseAfter(entry[3]))));
      for (const entry of silent) due.push(...(await this.claim(key, entry, leaseMs)));
    }
    return due;
  }

  async acknowledge(entry: StreamEntry): Promise<void> {
    await this.redis.xack(entry.key, this.group, entry.id);
  }

  /** Puts an entry aside until its pause is over; its number of deliveries stays. */
  async postpone(entry: StreamEntry): Promise<void> {
    await this.redis.call('XCLAIM', entry.key, this.group, WAITING, 0, entry.id, 'JUSTID');
  }

  async bury(entry: StreamEntry, letter: { type: string; reason: string }): Promise<void> {
    const fields = ['group', this.group, 'event', fieldOf(entry, 'event') ?? 'null', 'attempts', String(entry.attempt), 'reason', letter.reason];
    const answers = await this.redis.multi().xadd(deadLetterKey(letter.type), '*', ...fields).xack(entry.key, this.group, entry.id).exec();
    for (const [error] of answers ?? []) if (error !== null) throw error;
  }

  /** Forgets this consumer where nothing is left to it. */
  async leave(): Promise<void> {
    for (const key of this.keys) {
      const left = (await this.redis.call('XPENDING', key, this.group, '-', '+', 1, this.consumer)) as Pending;
      if (left.length === 0) await this.redis.xgroup('DELCONSUMER', key, this.group, this.consumer);
    }
  }

  private async pending(key: string, idleMs: number, consumer?: string): Promise<Pending> {
    const of = consumer === undefined ? [] : [consumer];
    return (await this.redis.call('XPENDING', key, this.group, 'IDLE', idleMs, '-', '+', SWEEP_COUNT, ...of)) as Pending;
  }

  /** The idle time is checked once more by the server, so that of two replicas one wins. */
  private async claim(key: string, [id, , , deliveries]: Pending[number], idleMs: number): Promise<StreamEntry[]> {
    const entries = (await this.redis.call('XCLAIM', key, this.group, this.consumer, idleMs, id)) as Entries;
    return entries.filter(([, fields]) => fields !== null).map(([entryId, fields]) => ({ key, id: entryId, attempt: deliveries + 1, fields: fields ?? [] }));
  }
}

/** Dead letters of all types, found by their streams. */
export class DeadLetterStreams {
  constructor(private readonly redis: Redis) {}

  async of(group: string): Promise<(DeadLetter & { readonly key: string; readonly id: string })[]> {
    const letters = [];
    for (const key of await this.keys()) {
      for (const [id, fields] of (await this.redis.xrevrange(key, '+', '-')) as Entries) {
        const entry = { fields: fields ?? [] };
        if (fieldOf(entry, 'group') !== group) continue;
        const event = JSON.parse(fieldOf(entry, 'event') ?? 'null') as BusEvent;
        letters.push({ key, id, event, attempts: Number(fieldOf(entry, 'attempts')), reason: fieldOf(entry, 'reason') ?? '', diedAt: new Date(Number(id.split('-')[0])) });
      }
    }
    return letters.toSorted((a, b) => b.diedAt.getTime() - a.diedAt.getTime()).slice(0, 100);
  }

  /** Back into its type's stream, for one group only, and out of the dead letters, at once. */
  async revive(letter: { key: string; id: string; event: BusEvent }, group: string): Promise<void> {
    const answers = await this.redis
      .multi()
      .xadd(streamKey(letter.event.type), '*', 'event', JSON.stringify(letter.event), 'only', group)
      .xdel(letter.key, letter.id)
      .exec();
    for (const [error] of answers ?? []) if (error !== null) throw error;
  }

  private async keys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const batch of this.redis.scanStream({ match: deadLetterKey('*') })) keys.push(...(batch as string[]));
    return [...new Set(keys)];
  }
}
