import { describe, expect, it } from '@jest/globals';
import { BlobNotFound, type BlobInfo, type BlobStorage, InvalidBlobKey, InvalidBlobRange } from '../src/index.js';

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

async function keysOf(blobs: AsyncIterable<BlobInfo>): Promise<string[]> {
  const keys: string[] = [];
  for await (const blob of blobs) keys.push(blob.key);
  return keys;
}

async function* pieces(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

async function* failing(): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from('half'));
  throw new Error('the source broke off');
}

/** What every BlobStorage keeps. `make` gives a fresh, empty one. */
export function blobStorageContract(make: () => Promise<BlobStorage>): void {
  describe('reading and writing', () => {
    it('gives back what was put, from a buffer and from a stream', async () => {
      const blobs = await make();
      expect(await blobs.put('a/one', Buffer.from('hello'))).toEqual({ key: 'a/one', size: 5 });
      expect(await blobs.put('a/two', pieces('he', 'llo', '!'))).toEqual({ key: 'a/two', size: 6 });
      expect((await collect(blobs.read('a/one'))).toString()).toBe('hello');
      expect((await collect(blobs.read('a/two'))).toString()).toBe('hello!');
    });

    it('opens any range, cut at the end of the blob', async () => {
      const blobs = await make();
      const big = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251));
      await blobs.put('big', big);
      expect(await collect(blobs.read('big', { start: 65_530, end: 131_080 }))).toEqual(big.subarray(65_530, 131_080));
      expect(await collect(blobs.read('big', { start: 199_990, end: 300_000 }))).toEqual(big.subarray(199_990));
      expect(await collect(blobs.read('big', { start: 200_000 }))).toHaveLength(0);
      await expect(collect(blobs.read('big', { start: 200_001 }))).rejects.toBeInstanceOf(InvalidBlobRange);
      await expect(collect(blobs.read('big', { start: -1 }))).rejects.toBeInstanceOf(InvalidBlobRange);
    });

    it('keeps an empty blob apart from no blob', async () => {
      const blobs = await make();
      await blobs.put('empty', new Uint8Array());
      expect(await blobs.find('empty')).toEqual({ key: 'empty', size: 0 });
      expect(await collect(blobs.read('empty'))).toHaveLength(0);
      expect(await blobs.find('nothing')).toBeUndefined();
      await expect(collect(blobs.read('nothing'))).rejects.toBeInstanceOf(BlobNotFound);
    });

    it('replaces a blob whole, and keeps the old one when the new one breaks off', async () => {
      const blobs = await make();
      await blobs.put('k', Buffer.from('first'));
      await expect(blobs.put('k', failing())).rejects.toThrow('broke off');
      expect((await collect(blobs.read('k'))).toString()).toBe('first');
      await blobs.put('k', Buffer.from('2'));
      expect((await collect(blobs.read('k'))).toString()).toBe('2');
      expect(await keysOf(blobs.list(''))).toEqual(['k']);
    });
  });

  describe('naming', () => {
    it('refuses keys that could leave the store or hide in it', async () => {
      const blobs = await make();
      for (const key of ['', '/', '../x', 'a/../b', 'a//b', '/etc/passwd', '.incoming/x', 'a\\b', 'a\0b', 'a/', 'ü', 'x~blob', 'a'.repeat(513)]) {
        await expect(blobs.put(key, Buffer.from('x'))).rejects.toBeInstanceOf(InvalidBlobKey);
      }
    });

    it('lets a key be the beginning of another', async () => {
      const blobs = await make();
      await blobs.put('a', Buffer.from('leaf'));
      await blobs.put('a/b', Buffer.from('below'));
      expect((await collect(blobs.read('a'))).toString()).toBe('leaf');
      expect((await collect(blobs.read('a/b'))).toString()).toBe('below');
    });

    it('lists by whole segments, in order, and removes for good', async () => {
      const blobs = await make();
      for (const key of ['u1/b', 'u1/a/x', 'u10/a', 'u1']) await blobs.put(key, Buffer.from(key));
      expect(await keysOf(blobs.list('u1'))).toEqual(['u1', 'u1/a/x', 'u1/b']);
      expect(await keysOf(blobs.list('u1/'))).toEqual(['u1', 'u1/a/x', 'u1/b']);
      expect(await keysOf(blobs.list('nobody'))).toEqual([]);
      await blobs.remove('u1/b');
      await blobs.remove('u1/b');
      expect(await keysOf(blobs.list(''))).toEqual(['u1', 'u1/a/x', 'u10/a']);
    });
  });
}
