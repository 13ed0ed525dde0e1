import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import fc from 'fast-check';
import { concat, toBase64Url } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import type { Envelope, EnvelopeMeta } from '../envelope/envelope.js';
import type { KeyHolder } from '../envelope/seal-envelope.js';
import { newDomainKey } from '../keys/keys.js';
import { sha256, systemRandom } from '../primitives/primitives.js';
import { BLOB_CHUNK, BLOB_SEALED_CHUNK, sealedBlobSize } from './blob-layout.js';
import { BlobReader } from './blob-reader.js';
import { BlobSealer } from './blob-sealer.js';

const meta: EnvelopeMeta = { uid: uuidv7(), oid: uuidv7(), ctx: 'stories.story.video', rev: '0198c0de0000-0000', wid: 'ai:1' };
const holder: KeyHolder = { t: 'd', k: 'stories:1', key: newDomainKey() };

interface Sealed {
  readonly header: Envelope;
  readonly stored: Uint8Array;
}

async function sealBlob(plain: Uint8Array, piece = 50_000): Promise<Sealed> {
  const sealer = new BlobSealer({ meta, recipients: [holder], mime: 'video/mp4' });
  const pieces = Array.from({ length: Math.ceil(plain.length / piece) }, (_, i) => plain.subarray(i * piece, (i + 1) * piece));
  const out: Uint8Array[] = [];
  for await (const chunk of sealer.seal(pieces)) out.push(chunk);
  return { header: await sealer.header(), stored: concat(...out) };
}

const openBlob = (header: Envelope): Promise<BlobReader> => BlobReader.open({ envelope: header, expected: meta, holder });

async function readAll(reader: BlobReader, stored: Uint8Array, range: [number?, number?] = []): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of reader.read((start, end) => Promise.resolve(stored.subarray(start, end)), ...range)) parts.push(part);
  return concat(...parts);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe('a sealed blob', () => {
  it.each([0, 1, BLOB_CHUNK - 1, BLOB_CHUNK, BLOB_CHUNK + 1, 3 * BLOB_CHUNK, 300_000])('opens again whole at %i bytes', async (size) => {
    const plain = systemRandom(size);
    const { header, stored } = await sealBlob(plain);
    const reader = await openBlob(header);
    expect(stored.length).toBe(sealedBlobSize(size));
    expect(reader.info).toMatchObject({ size, mime: 'video/mp4', plainSha256: toBase64Url(await sha256(plain)) });
    expect(same(await readAll(reader, stored), plain)).toBe(true);
  });

  it('opens any range and reads only the chunks it lies in', async () => {
    const plain = systemRandom(4 * BLOB_CHUNK + 100);
    const { header, stored } = await sealBlob(plain);
    const reader = await openBlob(header);
    await fc.assert(
      fc.asyncProperty(fc.nat(plain.length), fc.nat(plain.length), async (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        expect(same(await readAll(reader, stored, [start, end]), plain.subarray(start, end))).toBe(true);
      }),
      { numRuns: 40 },
    );
    const asked: number[][] = [];
    const spy = (start: number, end: number): Promise<Uint8Array> => {
      asked.push([start, end]);
      return Promise.resolve(stored.subarray(start, end));
    };
    for await (const part of reader.read(spy, BLOB_CHUNK, BLOB_CHUNK + 5)) expect(part).toHaveLength(5);
    expect(asked).toEqual([[BLOB_SEALED_CHUNK, 2 * BLOB_SEALED_CHUNK]]);
    await expect(readAll(reader, stored, [0, plain.length + 1])).rejects.toThrow(RangeError);
  });

  it('passes through a web stream alike', async () => {
    const plain = systemRandom(100_000);
    const sealer = new BlobSealer({ meta, recipients: [holder], mime: 'audio/wav' });
    const sealed = new Blob([plain as Uint8Array<ArrayBuffer>]).stream().pipeThrough(sealer.transform() as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>);
    const stored = new Uint8Array(await new Response(sealed as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
    expect(same(await readAll(await openBlob(await sealer.header()), stored), plain)).toBe(true);
  });

  it('refuses a truncated, reordered, doubled, exchanged or altered chunk', async () => {
    const { header, stored } = await sealBlob(systemRandom(3 * BLOB_CHUNK));
    const other = await sealBlob(systemRandom(3 * BLOB_CHUNK));
    const chunk = (n: number, from = stored): Uint8Array => from.subarray(n * BLOB_SEALED_CHUNK, (n + 1) * BLOB_SEALED_CHUNK);
    const altered = stored.slice();
    altered[BLOB_SEALED_CHUNK + 9] = (altered[BLOB_SEALED_CHUNK + 9] ?? 0) ^ 1;
    const wrong = [
      stored.subarray(0, 2 * BLOB_SEALED_CHUNK),
      concat(chunk(1), chunk(0), chunk(2)),
      concat(chunk(0), chunk(0), chunk(2)),
      concat(chunk(0), chunk(1), chunk(1)),
      concat(chunk(0), chunk(1, other.stored), chunk(2)),
      altered,
    ];
    const reader = await openBlob(header);
    for (const bytes of wrong) await expect(readAll(reader, bytes)).rejects.toEqual(new SealRefused());
  });

  it('has its header only at the end, once', async () => {
    const sealer = new BlobSealer({ meta, recipients: [holder], mime: 'text/plain' });
    await expect(sealer.header()).rejects.toThrow('last byte');
    const stored: Uint8Array[] = [];
    for await (const chunk of sealer.seal([systemRandom(10)])) stored.push(chunk);
    expect(await readAll(await openBlob(await sealer.header()), concat(...stored))).toHaveLength(10);
    await expect(sealer.header()).rejects.toThrow('once');
    await expect(sealer.seal([])[Symbol.asyncIterator]().next()).rejects.toThrow('already sealed');
  });
});
