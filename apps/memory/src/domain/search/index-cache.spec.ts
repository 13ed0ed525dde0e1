import { beforeEach, describe, expect, it } from '@jest/globals';
import { IndexCache } from './index-cache.js';

describe('what was made for people who were here', () => {
  let now = 0;
  let cache: IndexCache<string>;
  beforeEach(() => {
    now = 0;
    cache = new IndexCache({ size: 10, milliseconds: 100 }, () => now);
  });

  it('is found again under the same version only', () => {
    cache.set('ada', 'index', { version: 1, size: 1 });
    expect(cache.get('ada', 1)).toBe('index');
    expect(cache.get('ada', 2)).toBeUndefined();
    expect(cache.get('ada', 1)).toBeUndefined();
    expect(cache.get('ben', 1)).toBeUndefined();
  });

  it('leaves when there is too much, the longest unused first', () => {
    for (const name of ['ada', 'ben', 'cleo']) cache.set(name, name, { version: 1, size: 3 });
    cache.get('ada', 1);
    cache.set('dan', 'dan', { version: 1, size: 3 });
    expect(['ada', 'ben', 'cleo', 'dan'].map((name) => cache.get(name, 1))).toEqual(['ada', undefined, 'cleo', 'dan']);
    cache.set('eve', 'eve', { version: 1, size: 11 });
    expect(cache.get('eve', 1)).toBeUndefined();
    expect(cache.get('dan', 1)).toBe('dan');
  });

  it('leaves after its time', () => {
    cache.set('ada', 'index', { version: 1, size: 1 });
    now = 100;
    expect(cache.get('ada', 1)).toBeUndefined();
  });
});
