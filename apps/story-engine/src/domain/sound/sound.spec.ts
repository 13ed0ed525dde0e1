import { describe, expect, it } from '@jest/globals';
import { mixDown } from './mix.js';
import { musicBed } from './music-bed.js';
import { activeLevel, resample, secondsOf, silence, type Sound } from './sound.js';
import { readWav, writeWav } from './wav.js';

function tone(hz: number, seconds: number, rate: number): Sound {
  return { rate, channels: [Float32Array.from({ length: seconds * rate }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate) * 0.5)] };
}

const levelBetween = (sound: Sound, from: number, to: number): number =>
  activeLevel((sound.channels[0] ?? new Float32Array()).subarray(from * sound.rate, to * sound.rate));

const sameSamples = (a: Sound, b: Sound): boolean => Buffer.from(writeWav(a)).equals(writeWav(b));

describe('a WAV file', () => {
  it('gives back the samples that were written', () => {
    const read = readWav(writeWav(tone(440, 0.1, 22_050)));
    expect(read?.rate).toBe(22_050);
    expect(read?.channels[0]?.length).toBe(2_205);
    expect(read?.channels[0]?.[100]).toBeCloseTo(Math.sin((2 * Math.PI * 440 * 100) / 22_050) * 0.5, 3);
  });

  it('is refused when it is something else, and cut when its length lies', () => {
    expect(readWav(Buffer.from('not a wav, but long enough to have had a header of 44 bytes'))).toBeUndefined();
    const lying = Buffer.from(writeWav(tone(440, 0.1, 22_050)));
    lying.writeUInt32LE(0x7fffffff, 40);
    expect(readWav(lying)?.channels[0]?.length).toBe(2_205);
  });
});

describe('resampling', () => {
  it('keeps the pitch and the length', () => {
    const up = resample(tone(440, 1, 22_050).channels[0] ?? new Float32Array(), 22_050, 48_000);
    expect(up.length).toBe(48_000);
    expect(up[12_345]).toBeCloseTo(Math.sin((2 * Math.PI * 440 * 12_345) / 48_000) * 0.5, 2);
  });
});

describe('the music bed', () => {
  it('is as long as asked, audible, never clipped, silent at its ends, and the same for the same seed', async () => {
    const bed = await musicBed(7, 42);
    expect(secondsOf(bed)).toBe(7);
    expect(levelBetween(bed, 2, 5)).toBeGreaterThan(0.01);
    for (const samples of bed.channels) expect(samples.every((sample) => Math.abs(sample) < 1)).toBe(true);
    expect(Math.abs(bed.channels[0]?.at(-1) ?? 1)).toBeLessThan(1e-3);
    expect(sameSamples(await musicBed(7, 42), bed)).toBe(true);
    expect(sameSamples(await musicBed(7, 43), bed)).toBe(false);
  });
});

describe('the mix', () => {
  it('lets the music step back while somebody speaks', async () => {
    const music: Sound = { rate: 48_000, channels: [tone(200, 8, 48_000).channels[0] ?? new Float32Array(), tone(200, 8, 48_000).channels[0] ?? new Float32Array()] };
    const quiet: Sound = { rate: 22_050, channels: [new Float32Array(22_050 * 2)] };
    const mixed = await mixDown(music, [{ sound: quiet, at: 3 }]);
    expect(levelBetween(mixed, 1, 2)).toBeCloseTo(0.05, 2);
    expect(levelBetween(mixed, 4, 4.8)).toBeLessThan(0.025);
    expect(levelBetween(mixed, 7, 8)).toBeGreaterThan(0.04);
  });

  it('has both stems in it', async () => {
    const mixed = await mixDown(silence(3), [{ sound: tone(300, 1, 22_050), at: 1 }]);
    expect(levelBetween(mixed, 0, 1)).toBe(0);
    expect(levelBetween(mixed, 1.2, 1.8)).toBeCloseTo(0.12, 2);
  });
});
