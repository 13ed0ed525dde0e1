import type { Sound } from './sound.js';

/** A RIFF/WAVE file of 16-bit PCM. */
export function writeWav(sound: Sound): Uint8Array {
  const channels = sound.channels.length;
  const frames = sound.channels[0]?.length ?? 0;
  const bytes = Buffer.alloc(44 + frames * channels * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sound.rate, 24);
  bytes.writeUInt32LE(sound.rate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(frames * channels * 2, 40);
  const view = new DataView(bytes.buffer, bytes.byteOffset + 44);
  for (const [channel, samples] of sound.channels.entries()) {
    for (let i = 0; i < frames; i += 1) {
      const value = Math.max(-1, Math.min(1, samples[i] ?? 0));
      view.setInt16((i * channels + channel) * 2, Math.round(value * 32_767), true);
    }
  }
  return bytes;
}

/** Reads 16-bit PCM as speech programs write it; undefined when it is anything else. A data length beyond the file is cut. */
export function readWav(bytes: Uint8Array): Sound | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 44 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') return undefined;
  let format: { channels: number; rate: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = tag(view, at);
    const length = view.getUint32(at + 4, true);
    if (name === 'fmt ' && view.getUint16(at + 8, true) === 1 && view.getUint16(at + 22, true) === 16) {
      format = { channels: view.getUint16(at + 10, true), rate: view.getUint32(at + 12, true) };
    }
    if (name === 'data' && format !== undefined) return samplesOf(view, { ...format, start: at + 8, end: Math.min(at + 8 + length, bytes.length) });
    at += 8 + length + (length % 2);
  }
  return undefined;
}

function samplesOf(view: DataView, part: { channels: number; rate: number; start: number; end: number }): Sound {
  const frames = Math.floor((part.end - part.start) / (2 * part.channels));
  const channels = Array.from({ length: part.channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let i = 0; i < frames; i += 1) samples[i] = view.getInt16(part.start + (i * part.channels + channel) * 2, true) / 32_768;
    return samples;
  });
  return { rate: part.rate, channels };
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
