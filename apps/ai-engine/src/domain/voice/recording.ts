import { RecordingUnreadable } from './voice.errors.js';

/** One channel of sound. */
export interface Sound {
  /** -1 to 1. */
  readonly samples: Float32Array;
  /** Samples in a second. */
  readonly rate: number;
}

/** A recording as it came. */
export interface Recording {
  readonly bytes: Uint8Array;
  readonly format: 'wav' | 'ogg' | 'webm' | 'mp3' | 'm4a' | 'flac';
  /** ISO 639 code of the language, where it is known. */
  readonly language?: string | undefined;
}

const [PCM, FLOAT, EXTENSIBLE] = [1, 3, 0xfffe];

/** Reads a RIFF/WAVE file (PCM of 8, 16, 24 or 32 bits, or 32-bit float), its channels mixed into one. Throws RecordingUnreadable. */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = chunksOf(view);
  const format = chunks.get('fmt ');
  const data = chunks.get('data');
  if (format === undefined || data === undefined || format.length < 16) throw new RecordingUnreadable();
  const [kind, channels, rate, bits] = [view.getUint16(format.at, true), view.getUint16(format.at + 2, true), view.getUint32(format.at + 4, true), view.getUint16(format.at + 14, true)];
  const read = readerOf(view, kind === EXTENSIBLE && format.length >= 26 ? view.getUint16(format.at + 24, true) : kind, bits);
  if (channels < 1 || channels > 8 || rate < 4000 || rate > 192_000) throw new RecordingUnreadable();
  const frame = channels * (bits / 8);
  const samples = Float32Array.from({ length: Math.floor(data.length / frame) }, (_, index) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += read(data.at + index * frame + channel * (bits / 8));
    return sum / channels;
  });
  return { samples, rate };
}

interface Chunk {
  readonly at: number;
  readonly length: number;
}

/** A chunk that says it is longer than the file ends with the file: recorders that were stopped leave such ones. */
function chunksOf(view: DataView): ReadonlyMap<string, Chunk> {
  const name = (at: number): string => String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
  if (view.byteLength < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') throw new RecordingUnreadable();
  const chunks = new Map<string, Chunk>();
  for (let at = 12; at + 8 <= view.byteLength;) {
    const length = Math.min(view.getUint32(at + 4, true), view.byteLength - at - 8);
    chunks.set(name(at), { at: at + 8, length });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function readerOf(view: DataView, kind: number, bits: number): (at: number) => number {
  if (kind === FLOAT && bits === 32) return (at) => view.getFloat32(at, true);
  if (kind !== PCM) throw new RecordingUnreadable();
  switch (bits) {
    case 8:
      return (at) => (view.getUint8(at) - 128) / 128;
    case 16:
      return (at) => view.getInt16(at, true) / 32_768;
    case 24:
      return (at) => (view.getInt8(at + 2) * 65_536 + view.getUint16(at, true)) / 8_388_608;
    case 32:
      return (at) => view.getInt32(at, true) / 2_147_483_648;
    default:
      throw new RecordingUnreadable();
  }
}
