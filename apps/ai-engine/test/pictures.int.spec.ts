import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { deflateSync } from 'node:zlib';
import { SharpPictureReader } from '../src/adapters/sharp/sharp-picture-reader.js';
import { describeFacts } from '../src/domain/pictures/describe-facts.js';
import { coarse, coloursOf } from '../src/domain/pictures/picture.js';
import { PictureUnreadable } from '../src/domain/pictures/picture.errors.js';

const reader = new SharpPictureReader();
const plain = (width: number, height: number, background = '#b03030') => sharp({ create: { width, height, channels: 3, background } });

/** A PNG that says it has these dimensions, with almost no data. */
function pngOf(width: number, height: number, rows: Buffer): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('of the format %s is read', async (format) => {
    const { facts, seen } = await reader.read(await plain(300, 200).toFormat(format).toBuffer());
    expect(facts).toEqual({ width: 300, height: 200, format, colours: ['red'] });
    expect([seen.mediaType, (await sharp(seen.bytes).metadata()).width]).toEqual(['image/jpeg', 300]);
  });

  it('is turned upright, and tells when and about where it was taken', async () => {
    const exif = { IFD0: { Orientation: '6' }, IFD2: { DateTimeOriginal: '2026:03:04 07:30:00' }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '33/1 51/1 3540/100', GPSLongitudeRef: 'E', GPSLongitude: '151/1 12/1 4000/100' } };
    const { facts, seen } = await reader.read(await plain(300, 200).jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer());
    expect(facts).toMatchObject({ width: 200, height: 300, takenLocal: '2026-03-04T07:30:00', latitude: -33.9, longitude: 151.2 });
    expect(facts.takenAt).toBeUndefined();
    const shown = await sharp(seen.bytes).metadata();
    expect([shown.width, shown.height, shown.exif]).toEqual([200, 300, undefined]);
    expect(describeFacts(facts)).toBe('A tall picture of 200 by 300 pixels, mostly red. Taken on 4 March 2026 at 07:30. Taken near 33.9° S, 151.2° E. What it shows was not looked at.');
  });

  it('has its colours named by how much of it they are', () => {
    const pixels = Uint8Array.from([...Array<number[]>(6).fill([0, 0, 0]), ...Array<number[]>(3).fill([255, 255, 255]), ...Array<number[]>(1).fill([200, 30, 30])].flat());
    expect(coloursOf(pixels)).toEqual(['black', 'white', 'red']);
    expect([coarse(48.8566), coarse(-0.04)]).toEqual([48.9, -0]);
  });
});

describe('a hostile file', () => {
  it.each<readonly [string, () => Promise<Buffer> | Buffer]>([
    ['cut off in the middle', async () => (await plain(800, 800).jpeg().toBuffer()).subarray(0, 2000)],
    ['with 1,600,000,000 pixels in its header', () => pngOf(40_000, 40_000, Buffer.alloc(10))],
    ['with the largest header there is', () => pngOf(2_147_483_647, 2_147_483_647, Buffer.alloc(10))],
    ['that unpacks to gigabytes', () => pngOf(30_000, 30_000, Buffer.alloc(5_000_000))],
    ['that draws', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>')],
    ['that is a drawing behind the head of a JPEG', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')])],
    ['of no bytes', () => Buffer.alloc(0)],
    ['of another kind', () => Buffer.from('%PDF-1.7')],
  ])('%s is refused, in little memory', async (_what, make) => {
    const bytes = await make();
    const before = process.memoryUsage.rss();
    await expect(reader.read(bytes)).rejects.toBeInstanceOf(PictureUnreadable);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  it('is read or refused, whatever is wrong with it, and never anything else', async () => {
    const whole = await plain(64, 64).jpeg().withExif({ IFD2: { DateTimeOriginal: '2026:03:04 07:30:00' } }).toBuffer();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        const result = await reader.read(bytes).catch((error: unknown) => error);
        expect(result instanceof PictureUnreadable || (result as { facts: { width: number } }).facts.width > 0).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
