import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { requireRealPart, startRedis } from '@selfos/testing';
import { StreamGroup } from './stream-group.js';

requireRealPart('redis')('a group on Redis', () => {
  const server: { redis: Redis | undefined } = { redis: undefined };
  beforeAll(async () => {
    server.redis = new Redis(await startRedis(), { protocol: 2 });
  });
  afterAll(() => server.redis?.disconnect());

  it('knows when the lease of another ends, however much it has in hand itself', async () => {
    const redis = server.redis!;
    const [group, other] = ['me', 'other'].map((consumer) => new StreamGroup(redis, 'g', consumer, ['events:a.b', 'events:c.d'])) as [StreamGroup, StreamGroup];
    await group.create();
    for (let n = 0; n < 300; n += 1) await redis.xadd('events:a.b', '*', 'events', '[]');
    await group.read(redis, 299, 1);
    expect(await group.untilNextLeaseEnds(60_000)).toBeUndefined();
    await other.read(redis, 1, 1);
    expect(await group.untilNextLeaseEnds(60_000)).toBeGreaterThan(0);
    expect(await group.untilNextLeaseEnds(0)).toBe(0);
    expect(await other.untilNextLeaseEnds(60_000)).toBeLessThanOrEqual(60_000);
  });
});
