import { describe, expect, it, jest } from '@jest/globals';
import type { DomainKey } from '@selfos/crypto';
import { rootContext, runInContext } from '@selfos/observability';
import { CachedKeySource } from './cached-key-source.js';
import { InMemoryKeySource } from './in-memory-key-source.js';
import type { KeyName } from './key-source.js';

const name: KeyName = { userId: 'ada', domain: 'tasks', epoch: 1 };

class Watched extends InMemoryKeySource {
  readonly given: DomainKey[] = [];

  override async domainKey(asked: KeyName): Promise<DomainKey> {
    const key = await super.domainKey(asked);
    this.given.push(key);
    return key;
  }
}

describe('the cache of keys', () => {
  it('asks once for many readers, who cannot spoil the key for each other', async () => {
    const source = new Watched();
    const cache = new CachedKeySource(source);
    const [one, two] = await Promise.all([cache.domainKey(name), cache.domainKey(name)]);
    expect(source.asked).toBe(1);
    one.fill(0);
    expect(await cache.domainKey(name)).toEqual(two);
    cache.clear();
  });

  it('forgets a key after five minutes and overwrites it', async () => {
    jest.useFakeTimers();
    const source = new Watched();
    const cache = new CachedKeySource(source);
    await cache.domainKey(name);
    await jest.advanceTimersByTimeAsync(5 * 60_000 + 1);
    expect([...(source.given[0] ?? [])].every((byte) => byte === 0)).toBe(true);
    await cache.domainKey(name);
    expect(source.asked).toBe(2);
    jest.useRealTimers();
  });

  it('gives nobody’s key in a call for somebody else, kept or not', async () => {
    const cache = new CachedKeySource(new Watched());
    const as = (userId: string) => runInContext(rootContext({ kind: 'system', id: 'spec' }, { userId }), () => cache.domainKey(name));
    await as('ada');
    await expect(as('bob')).rejects.toThrow('current person only');
    await expect(as('ada')).resolves.toHaveLength(32);
    cache.clear();
  });

  it('asks again for who waited for another’s call, when that one failed', async () => {
    const source = new Watched();
    const cache = new CachedKeySource(source);
    jest.spyOn(source, 'domainKey').mockRejectedValueOnce(new Error('its deadline is over'));
    const [first, second] = await Promise.allSettled([cache.domainKey(name), cache.domainKey(name)]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    cache.clear();
  });

  it('makes room by forgetting the oldest', async () => {
    const source = new Watched();
    const cache = new CachedKeySource(source, 60_000, 2);
    for (const epoch of [1, 2, 3, 1]) await cache.domainKey({ ...name, epoch });
    expect(source.asked).toBe(4);
    cache.clear();
  });

  it('does not remember failures', async () => {
    const source = new Watched();
    const cache = new CachedKeySource(source);
    const failing = jest.spyOn(source, 'domainKey').mockRejectedValueOnce(new Error('down'));
    await expect(cache.domainKey(name)).rejects.toThrow('down');
    await expect(cache.domainKey(name)).resolves.toHaveLength(32);
    expect(failing).toHaveBeenCalledTimes(2);
    cache.clear();
  });
});
