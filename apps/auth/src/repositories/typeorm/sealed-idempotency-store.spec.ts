import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { asHmacKey, FileKeyWrap, SealRefused } from '@selfos/crypto';
import { InMemoryIdempotencyStore } from '@selfos/http';
import { SealedIdempotencyStore } from './sealed-idempotency-store.js';

describe('repeatable requests', () => {
  let folder = '';
  let wrap: FileKeyWrap;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'selfos-once-'));
    wrap = await FileKeyWrap.open(join(folder, 'kek.json'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const claim = { scope: 'request:register', key: `-${'ab'.repeat(32)}:1`, fingerprint: 'ab'.repeat(32) };
  const answer = { status: 201, body: { email: 'ada@example.org' } };

  it('are replayed from what says nothing to a reader of the table', async () => {
    const plain = new InMemoryIdempotencyStore();
    const [begun, completed] = [jest.spyOn(plain, 'begin'), jest.spyOn(plain, 'complete')];
    const store = new SealedIdempotencyStore(plain, wrap, asHmacKey(new Uint8Array(32).fill(3)));
    const mine = { ...claim };
    expect(await store.begin(mine)).toEqual({ state: 'claimed' });
    await store.complete(mine, answer);
    expect(await store.begin({ ...claim })).toEqual({ state: 'done', answer });
    expect(await store.begin({ ...claim, fingerprint: 'cd'.repeat(32) })).toEqual({ state: 'mismatch' });
    expect(JSON.stringify([begun.mock.calls, completed.mock.calls])).not.toMatch(/abab|ada@/);
    expect(completed.mock.calls[0]?.[0]).toBe(begun.mock.calls[0]?.[0]);
  });

  it('are refused when an answer was put under another key', async () => {
    const plain = new InMemoryIdempotencyStore();
    const store = new SealedIdempotencyStore(plain, wrap, asHmacKey(new Uint8Array(32).fill(3)));
    await store.begin(claim);
    await store.complete(claim, answer);
    const swapped = jest.spyOn(plain, 'begin').mockResolvedValue({ state: 'done', answer: { status: 201, body: '1.AAAA' } });
    await expect(store.begin({ ...claim, key: '-:2' })).rejects.toEqual(new SealRefused());
    swapped.mockRestore();
  });
});
