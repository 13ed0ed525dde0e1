import readExif from 'exif-reader';
import sharp, { type Metadata } from 'sharp';
import { coarse, coloursOf, type PictureFacts, type ReadPicture } from '../../domain/pictures/picture.js';
import { PictureUnreadable } from '../../domain/pictures/picture.errors.js';
import { PictureReader } from '../../domain/ports/picture-reader.js';

/** Of the largest cameras that people have; decoded, 150 MB. What says it has more is not decoded at all. */
const MOST_PIXELS = 50_000_000;
/** Longer edge of what a model is shown. */
const SHOWN_EDGE = 1024;
const SAMPLED_EDGE = 24;
const PATIENCE_SECONDS = 10;
const WHITE = '#ffffff';

/** The first bytes of the formats that are read: whatever else sharp could open, such as SVG, is not shown to it. */
const FORMATS: readonly (readonly [PictureFacts['format'], RegExp])[] = [
  ['jpeg', /^\xFF\xD8\xFF/], ['png', /^\x89PNG\r\n\x1A\n/], ['webp', /^RIFF[\s\S]{4}WEBP/], ['gif', /^GIF8[79]a/],
];

/** Pictures by libvips: one frame, upright, with limits on pixels and time. */
export class SharpPictureReader extends PictureReader {
  override async read(bytes: Uint8Array): Promise<ReadPicture> {
    const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
    const format = FORMATS.find(([, magic]) => magic.test(head))?.[0];
    if (format === undefined) throw new PictureUnreadable({ detail: 'It is no JPEG, PNG, WebP or GIF.' });
    try {
      const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1, sequentialRead: true }).timeout({ seconds: PATIENCE_SECONDS });
      const metadata = await image.metadata();
      if (metadata.width * metadata.height > MOST_PIXELS) throw new PictureUnreadable({ detail: 'It has more pixels than are read.' });
      const shown = await image.autoOrient().resize(SHOWN_EDGE, SHOWN_EDGE, { fit: 'inside', withoutEnlargement: true }).flatten({ background: WHITE }).jpeg({ quality: 85 }).toBuffer();
      const sample = await sharp(shown).resize(SAMPLED_EDGE, SAMPLED_EDGE, { fit: 'fill' }).toColourspace('srgb').removeAlpha().raw().toBuffer();
      return { facts: { ...sizeOf(metadata), format, ...exifOf(metadata.exif), colours: coloursOf(sample) }, seen: { mediaType: 'image/jpeg', bytes: shown } };
    } catch (cause) {
      throw cause instanceof PictureUnreadable ? cause : new PictureUnreadable({ cause });
    }
  }
}

function sizeOf({ autoOrient }: Metadata): { readonly width: number; readonly height: number } {
  return { width: autoOrient.width, height: autoOrient.height };
}

type Written = ReturnType<typeof readExif>;

/** What the camera wrote down; nothing where it wrote nothing, or nothing that can be. */
function exifOf(exif: Buffer | undefined): Partial<PictureFacts> {
  if (exif === undefined) return {};
  try {
    const written = readExif(exif);
    return { ...timeOf(written.Photo), ...placeOf(written.GPSInfo) };
  } catch {
    return {};
  }
}

function timeOf(photo: Written['Photo']): Partial<PictureFacts> {
  const takenLocal = localOf(photo?.DateTimeOriginal);
  if (takenLocal === undefined) return {};
  const offset = String(photo?.OffsetTimeOriginal);
  return { takenLocal, ...(/^[+-]\d{2}:\d{2}$/.test(offset) ? { takenAt: new Date(`${takenLocal}${offset}`) } : {}) };
}

function placeOf(gps: Written['GPSInfo']): Partial<PictureFacts> {
  const latitude = degreesOf(gps?.GPSLatitude, gps?.GPSLatitudeRef, 90);
  const longitude = degreesOf(gps?.GPSLongitude, gps?.GPSLongitudeRef, 180);
  return latitude === undefined || longitude === undefined ? {} : { latitude, longitude };
}

/** The reader takes the camera's own clock for UTC. */
function localOf(taken: unknown): string | undefined {
  if (!(Object.prototype.toString.call(taken) === '[object Date]')) return undefined;
  const date = new Date(Number(taken));
  const year = date.getUTCFullYear();
  return Number.isNaN(Number(date)) || year < 1990 || year > 2200 ? undefined : date.toISOString().slice(0, 19);
}

function degreesOf(parts: unknown, side: unknown, most: number): number | undefined {
  if (!Array.isArray(parts)) return undefined;
  const [whole = Number.NaN, minutes = 0, seconds = 0] = parts.map(Number);
  const degrees = whole + minutes / 60 + seconds / 3600;
  return Number.isFinite(degrees) && degrees <= most ? coarse(side === 'S' || side === 'W' ? -degrees : degrees) : undefined;
}
