import type { Redis } from 'ioredis';

type Pending = [count: number, first: string | null, last: string | null, consumers: unknown];

/**
 * Removes entries of a stream that every group has settled and that are older than `keptMs`; without a group, all that are older. Nothing at or above the oldest pending
 * entry goes, nor anything a group has not read, however full the stream is.
 */
export async function trimStream(redis: Redis, key: string, keptMs: number): Promise<void> {
  const groups = (await redis.call('XINFO', 'GROUPS', key).catch(() => [])) as unknown[][];
  const settled = await Promise.all(groups.map((fields) => firstUnsettled(redis, key, fields)));
  const limit = [...settled, `${Date.now() - keptMs}-0`].reduce((a, b) => (compareIds(a, b) < 0 ? a : b));
  await redis.xtrim(key, 'MINID', '=', limit);
}

/** The oldest entry that the group has not settled; one that is next to the last it read counts as unsettled. */
async function firstUnsettled(redis: Redis, key: string, fields: readonly unknown[]): Promise<string> {
  const group = new Map(fields.map((field, index) => [field, fields[index + 1]]));
  const [, oldestPending] = (await redis.call('XPENDING', key, String(group.get('name')))) as Pending;
  return oldestPending ?? String(group.get('last-delivered-id'));
}

/** Orders stream ids, `<milliseconds>-<sequence>`. */
function compareIds(a: string, b: string): number {
  const [aMs = 0, aSeq = 0] = a.split('-').map(Number);
  const [bMs = 0, bSeq = 0] = b.split('-').map(Number);
  return aMs - bMs || aSeq - bSeq;
}
