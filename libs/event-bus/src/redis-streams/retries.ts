import type { Redis } from 'ioredis';
import type { BusEvent } from '../event-bus.js';
import { retryKey } from './entry.js';

/** A retry in this consumer's hands until its lease is over. */
export interface TakenRetry {
  readonly key: string;
  readonly member: string;
  readonly event: BusEvent;
  readonly attempt: number;
  readonly waits: number;
}

/** How an event comes to be tried again: after how many failures that count, and how many waits that do not. */
export interface SoFar {
  readonly attempts: number;
  readonly waits: number;
}

// Members are `<attempts so far>:<waits so far>:<event>`, scored by when they are due on the server's clock.
const NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)";
const PUT = `${NOW} for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[i]) end`;
/** Taking counts as an attempt, so that an event whose consumer dies each time is given up as well. */
const TAKE = `${NOW}
local taken, left = {}, tonumber(ARGV[2])
for k, key in ipairs(KEYS) do
  if left <= 0 then break end
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', key, '-inf', now, 'LIMIT', 0, left)) do
    local colon = string.find(member, ':', 1, true)
    local counted = (tonumber(string.sub(member, 1, colon - 1)) + 1) .. string.sub(member, colon)
    redis.call('ZREM', key, member)
    redis.call('ZADD', key, now + tonumber(ARGV[1]), counted)
    table.insert(taken, key)
    table.insert(taken, counted)
    left = left - 1
  end
end
return taken`;
const NEXT = `${NOW}
local next = -1
for _, key in ipairs(KEYS) do
  local first = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  if first[2] then local wait = math.max(0, tonumber(first[2]) - now) if next < 0 or wait < next then next = wait end end
end
return next`;

/** Events of one group that failed and wait for their next attempt, one by one, out of their streams. */
export class Retries {
  private readonly keys: readonly string[];

  constructor(
    private readonly redis: Redis,
    private readonly group: string,
    types: readonly string[],
  ) {
    this.keys = types.map((type) => retryKey(type, group));
  }

  /** Puts events aside for `pauseMs`. */
  async put(events: readonly BusEvent[], { attempts, waits }: SoFar, pauseMs: number): Promise<void> {
    for (const [type, ofType] of Map.groupBy(events, (event) => event.type)) {
      const members = ofType.map((event) => `${attempts}:${waits}:${JSON.stringify(event)}`);
      await this.redis.eval(PUT, 1, retryKey(type, this.group), pauseMs, ...members);
    }
  }

  /** Takes at most `most` that are due; another consumer gets them when `leaseMs` have passed without news. */
  async take(most: number, leaseMs: number): Promise<TakenRetry[]> {
    if (most <= 0) return [];
    const answer = (await this.redis.eval(TAKE, this.keys.length, ...this.keys, leaseMs, most)) as string[];
    const taken: TakenRetry[] = [];
    for (let at = 0; at + 1 < answer.length; at += 2) taken.push(parsed(answer[at] ?? '', answer[at + 1] ?? ''));
    return taken;
  }

  /** Those that are due first, for looking only. */
  async waiting(most: number): Promise<(SoFar & { readonly event: BusEvent; readonly dueAt: Date })[]> {
    const found = await Promise.all(this.keys.map(async (key) => {
      const answer = (await this.redis.call('ZRANGE', key, 0, most - 1, 'WITHSCORES')) as string[];
      return answer.flatMap((member, index) => {
        if (index % 2 === 1) return [];
        const { event, attempt, waits } = parsed(key, member);
        return [{ event, attempts: attempt, waits, dueAt: new Date(Number(answer[index + 1])) }];
      });
    }));
    return found.flat();
  }

  async remove(taken: readonly TakenRetry[]): Promise<void> {
    for (const [key, ofKey] of Map.groupBy(taken, (retry) => retry.key)) await this.redis.zrem(key, ...ofKey.map(({ member }) => member));
  }

  /** Makes a taken retry due at once again, its attempt not counted. */
  async giveBack(taken: TakenRetry): Promise<void> {
    await this.put([taken.event], { attempts: taken.attempt - 1, waits: taken.waits }, 0);
    await this.remove([taken]);
  }

  /** Milliseconds until the next is due; undefined when none waits. */
  async untilNext(): Promise<number | undefined> {
    const next = Number(await this.redis.eval(NEXT, this.keys.length, ...this.keys));
    return next < 0 ? undefined : next;
  }
}

function parsed(key: string, member: string): TakenRetry {
  const [attempt = '', waits = ''] = member.split(':', 2);
  return { key, member, attempt: Number(attempt), waits: Number(waits), event: JSON.parse(member.slice(attempt.length + waits.length + 2)) as BusEvent };
}
