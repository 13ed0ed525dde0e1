import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilmEncoder } from '../ports/film-encoder.js';
import { mixDown, type Placed } from './mix.js';
import { musicBed } from './music-bed.js';
import { breathe } from './sound.js';
import { writeWav } from './wav.js';

/** Loudness that players expect of short films, LUFS, and how near is near enough. */
const TARGET_LUFS = -14;
const TOLERANCE = 0.3;
const TRIES = 4;

export interface SoundtrackOrder {
  readonly seconds: number;
  readonly voices: readonly Placed[];
  /** Chooses the music. */
  readonly seed: number;
  readonly folder: string;
  /** Distinguishes the soundtracks of one folder. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** Music and voice as one sound file at the loudness that players expect, found by measuring, not by hoping. */
export class MakeSoundtrack {
  constructor(private readonly encoder: FilmEncoder) {}

  /** Returns the path of an AAC file as long as asked. */
  async execute(order: SoundtrackOrder): Promise<string> {
    const music = await musicBed(order.seconds, order.seed);
    const wav = join(order.folder, `${order.name}.wav`);
    const file = join(order.folder, `${order.name}.m4a`);
    const mixed = await mixDown(music, order.voices);
    await breathe();
    await writeFile(wav, writeWav(mixed), { mode: 0o600 });
    let gainDb = TARGET_LUFS - (await this.encoder.loudnessOf(wav, order.signal));
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      await this.encoder.encodeSound({ wav, gainDb, file }, order.signal);
      const short = TARGET_LUFS - (await this.encoder.loudnessOf(file, order.signal));
      if (Math.abs(short) <= TOLERANCE) break;
      gainDb += short;
    }
    return file;
  }
}
