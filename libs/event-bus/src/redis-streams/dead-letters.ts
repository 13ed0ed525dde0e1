import type { Redis } from 'ioredis';
import type { BusEvent, DeadLetter } from '../event-bus.js';
import { deadLetterKey, fieldOf, type RawEntry } from './entry.js';

export interface StoredLetter extends Omit<DeadLetter, 'event'> {
  /** Null when what was stored was no event. */
  readonly event: BusEvent | null;
  readonly group: string;
  readonly key: string;
  readonly id: string;
}

/** The streams `events:dlq:<type>`: what groups gave up, with the identity of the last error. */
export class DeadLetterStreams {
  constructor(private readonly redis: Redis) {}

  async add(group: string, letter: { readonly type: string; readonly event: BusEvent | null; readonly attempts: number; readonly reason: string }): Promise<void> {
    const fields = ['group', group, 'event', JSON.stringify(letter.event), 'attempts', String(letter.attempts), 'reason', letter.reason];
    await this.redis.xadd(deadLetterKey(letter.type), '*', ...fields);
  }

  /** Newest first. */
  async of(group: string): Promise<StoredLetter[]> {
    return (await this.all()).filter((letter) => letter.group === group);
  }

  /** Those of every group, newest first. */
  async all(): Promise<StoredLetter[]> {
    const letters: StoredLetter[] = [];
    for (const key of await this.keys()) letters.push(...((await this.redis.xrevrange(key, '+', '-')) as [string, string[]][]).map((entry) => letterOf(key, entry)));
    return letters.toSorted((a, b) => b.diedAt.getTime() - a.diedAt.getTime());
  }

  /** Those of one type that died in this millisecond of the server. */
  async at(type: string, diedAt: Date): Promise<StoredLetter[]> {
    const [key, ms] = [deadLetterKey(type), String(diedAt.getTime())];
    return ((await this.redis.xrange(key, ms, ms)) as RawEntry[]).map((entry) => letterOf(key, entry));
  }

  async remove({ key, id }: StoredLetter): Promise<void> {
    await this.redis.xdel(key, id);
  }

  private async keys(): Promise<string[]> {
    const keys = new Set<string>();
    for await (const batch of this.redis.scanStream({ match: deadLetterKey('*') })) for (const key of batch as string[]) keys.add(key);
    return [...keys];
  }
}

function letterOf(key: string, [id, fields]: RawEntry): StoredLetter {
  const all = fields ?? [];
  return {
    group: fieldOf(all, 'group') ?? '',
    key,
    id,
    event: JSON.parse(fieldOf(all, 'event') ?? 'null') as BusEvent | null,
    attempts: Number(fieldOf(all, 'attempts')),
    reason: fieldOf(all, 'reason') ?? '',
    diedAt: new Date(Number(id.split('-')[0])),
  };
}
