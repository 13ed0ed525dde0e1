import type { Redis } from 'ioredis';
import { FIELD, unpacked, type RawEntry, type StreamEntry } from './entry.js';

type Pending = [id: string, consumer: string, idleMs: number, deliveries: number][];

/** Where the hunt for silent consumers' entries is. */
interface Hunt {
  cursor: string;
  keyIndex: number;
}

/** How many pending entries of each consumer to look at when working out when the next lease ends. */
const LOOKED_AT = 128;

// Claims, and tells of each entry how often it was brought, in one go and flat: there may be thousands. A deleted one is acknowledged.
const TAKE_OVER = `
local claimed = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4], 'COUNT', ARGV[5])
local entries, answer = claimed[2], { claimed[1] }
if claimed[3] and #claimed[3] > 0 then redis.call('XACK', KEYS[1], ARGV[1], unpack(claimed[3])) end
if #entries == 0 then return answer end
local counts = {}
for _, pending in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], entries[1][1], entries[#entries][1], 100000, ARGV[2])) do counts[pending[1]] = pending[4] end
for _, entry in ipairs(entries) do
  local value = ''
  for at = 1, #entry[2], 2 do if entry[2][at] == '${FIELD}' then value = entry[2][at + 1] end end
  table.insert(answer, entry[1])
  table.insert(answer, counts[entry[1]] or 2)
  table.insert(answer, value)
end
return answer`;

// How long the others have given no news, at most; -1 when they have nothing.
const LONGEST_SILENCE = `
local longest = -1
for _, key in ipairs(KEYS) do
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', key, ARGV[1])) do
    if consumer[2] ~= ARGV[2] and consumer[4] > 0 then
      for _, pending in ipairs(redis.call('XPENDING', key, ARGV[1], '-', '+', ARGV[3], consumer[2])) do longest = math.max(longest, pending[3]) end
    end
  end
end
return longest`;

/** The Redis commands of one consumer in one group over some streams. */
export class StreamGroup {
  private readonly hunt: Hunt = { cursor: '0-0', keyIndex: 0 };

  constructor(
    private readonly redis: Redis,
    private readonly group: string,
    private readonly consumer: string,
    private readonly keys: readonly string[],
  ) {}

  /** Creates the streams and the group where they are missing, at the beginning of each stream. */
  async create(): Promise<void> {
    await Promise.all(this.keys.map((key) => this.createOne(key)));
  }

  /** New entries, waiting at most `blockMs` for them on the given connection. */
  async read(reader: Redis, most: number, blockMs: number): Promise<StreamEntry[]> {
    const answer = (await reader.call(
      'XREADGROUP', 'GROUP', this.group, this.consumer, 'COUNT', most, 'BLOCK', blockMs, 'STREAMS', ...this.keys, ...this.keys.map(() => '>'),
    )) as [key: string, entries: RawEntry[]][] | null;
    return (answer ?? []).flatMap(([key, entries]) => entries.map((entry) => unpacked(key, entry, 1)));
  }

  /**
   * Takes over at most `most` entries whose consumer gave no news for `leaseMs`; of several replicas one gets each. Entries that were
   * deleted are acknowledged. Done when it has looked through all streams once.
   */
  async takeOver(most: number, leaseMs: number): Promise<{ readonly entries: StreamEntry[]; readonly done: boolean }> {
    const key = this.keys[this.hunt.keyIndex];
    if (key === undefined) return { entries: [], done: true };
    const [cursor, ...taken] = (await this.redis.eval(TAKE_OVER, 1, key, this.group, this.consumer, leaseMs, this.hunt.cursor, most)) as [string, ...(string | number)[]];
    this.hunt.cursor = cursor;
    if (cursor === '0-0') this.hunt.keyIndex = (this.hunt.keyIndex + 1) % this.keys.length;
    const entries: StreamEntry[] = [];
    for (let at = 0; at + 2 < taken.length; at += 3) entries.push(unpacked(key, [String(taken[at]), [FIELD, String(taken[at + 2])]], Number(taken[at + 1])));
    return { entries, done: cursor === '0-0' && this.hunt.keyIndex === 0 };
  }

  /** Tells that these entries are still being handled: their leases begin anew. */
  async keep(entries: readonly StreamEntry[]): Promise<void> {
    const byKey = Map.groupBy(entries, ({ key }) => key);
    await Promise.all([...byKey].map(([key, ofKey]) => this.redis.call('XCLAIM', key, this.group, this.consumer, 0, ...ofKey.map(({ id }) => id), 'JUSTID')));
  }

  /** Lets others take over entries at once; this delivery does not count. */
  async giveBack(entries: readonly StreamEntry[], leaseMs: number): Promise<void> {
    for (const { key, id, deliveries } of entries) {
      await this.redis.call('XCLAIM', key, this.group, this.consumer, 0, id, 'IDLE', leaseMs, 'RETRYCOUNT', Math.max(0, deliveries - 1), 'JUSTID');
    }
  }

  /** Milliseconds until a lease of another consumer could end; undefined when no other has any entry. */
  async untilNextLeaseEnds(leaseMs: number): Promise<number | undefined> {
    const silence = Number(await this.redis.eval(LONGEST_SILENCE, this.keys.length, ...this.keys, this.group, this.consumer, LOOKED_AT));
    return silence < 0 ? undefined : Math.max(0, leaseMs - silence);
  }

  /** Forgets this consumer where nothing is left to it. */
  async leave(): Promise<void> {
    for (const key of this.keys) {
      const left = (await this.redis.call('XPENDING', key, this.group, '-', '+', 1, this.consumer)) as Pending;
      if (left.length === 0) await this.redis.xgroup('DELCONSUMER', key, this.group, this.consumer);
    }
  }

  private async createOne(key: string): Promise<void> {
    try {
      await this.redis.xgroup('CREATE', key, this.group, '0', 'MKSTREAM');
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('BUSYGROUP')) throw error;
    }
  }
}
