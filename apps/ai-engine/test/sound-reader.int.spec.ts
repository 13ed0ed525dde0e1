import { describe, expect, it } from '@jest/globals';
import { requireRealPart } from '@selfos/testing';
import { execFileSync } from 'node:child_process';
import { FfmpegSoundReader } from '../src/adapters/ffmpeg/ffmpeg-sound-reader.js';
import { loudnessOf } from '../src/domain/voice/loudness.js';
import type { Recording } from '../src/domain/voice/recording.js';
import { silence, speechLike, wavOf } from '../src/domain/voice/voice.fixture.js';
import { RecordingUnreadable } from '../src/domain/voice/voice.errors.js';

const { signal } = new AbortController();

requireRealPart('ffmpeg')('a recording that is not WAV', () => {
  const reader = new FfmpegSoundReader('ffmpeg');
  const encoded = (samples: Float32Array, format: string, more: readonly string[] = []): Uint8Array =>
    execFileSync('ffmpeg', ['-v', 'error', '-i', 'pipe:0', ...more, '-f', format, 'pipe:1'], { input: wavOf(samples) });

  it.each<readonly [Recording['format'], string, readonly string[]]>([['ogg', 'ogg', ['-c:a', 'libopus']], ['webm', 'webm', ['-c:a', 'libopus']], ['mp3', 'mp3', []], ['flac', 'flac', []]])('of the format %s is decoded and judged', async (format, container, more) => {
    const spoken = await reader.read({ bytes: encoded(speechLike(2, 3), container, more), format }, signal);
    const silent = await reader.read({ bytes: encoded(silence(3), container, more), format }, signal);
    if (spoken === undefined || silent === undefined) throw new Error('not decoded');
    expect([loudnessOf(spoken).mayBeSpeech, Math.round(loudnessOf(spoken).seconds), loudnessOf(silent).mayBeSpeech]).toEqual([true, 3, false]);
  });

  it('is refused when it is none, and opens nothing else', async () => {
    for (const text of ['nonsense', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', 'ffconcat version 1.0\nfile /etc/passwd\n']) {
      await expect(reader.read({ bytes: Buffer.from(text), format: 'ogg' }, signal)).rejects.toBeInstanceOf(RecordingUnreadable);
    }
  });
});

describe('where there is no FFmpeg', () => {
  it('only WAV is decoded, and nothing else is judged', async () => {
    const reader = new FfmpegSoundReader('/nowhere/ffmpeg');
    expect(await reader.read({ bytes: Buffer.from('x'), format: 'ogg' }, signal)).toBeUndefined();
    expect((await reader.read({ bytes: wavOf(silence(1)), format: 'wav' }, signal))?.samples).toHaveLength(16_000);
  });
});
