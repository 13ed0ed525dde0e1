import { activeLevel, breathe, MIX_RATE, resample, type Sound } from './sound.js';

/** A sentence as spoken, and when it begins, in seconds. */
export interface Placed {
  readonly sound: Sound;
  readonly at: number;
}

/** Levels of the stems before the whole is made loud enough, as root mean square. */
const VOICE_LEVEL = 0.12;
const MUSIC_LEVEL = 0.05;
/** The music steps back to this share while somebody speaks, over so many seconds. */
const DUCKED = 0.38;
const DUCK_SECONDS = 0.35;

/** Voice over music: each stem levelled on its own, the music lower while somebody speaks. The music's samples are used up. */
export async function mixDown(music: Sound, voices: readonly Placed[]): Promise<Sound> {
  const length = music.channels[0]?.length ?? 0;
  const voice = new Float32Array(length);
  for (const placed of voices) {
    addVoice(voice, placed);
    await breathe();
  }
  const duck = await duckingOf(voices, length);
  const gain = MUSIC_LEVEL / Math.max(1e-6, activeLevel(music.channels[0] ?? new Float32Array()));
  for (const samples of music.channels) {
    for (let i = 0; i < length; i += 1) samples[i] = (samples[i] ?? 0) * gain * (duck[i] ?? 1) + (voice[i] ?? 0);
    await breathe();
  }
  return { rate: MIX_RATE, channels: music.channels };
}

function addVoice(track: Float32Array, placed: Placed): void {
  const samples = resample(placed.sound.channels[0] ?? new Float32Array(), placed.sound.rate, MIX_RATE);
  const gain = VOICE_LEVEL / Math.max(1e-6, activeLevel(samples));
  const start = Math.round(placed.at * MIX_RATE);
  for (let i = 0; i < samples.length && start + i < track.length; i += 1) {
    track[start + i] = (track[start + i] ?? 0) + (samples[i] ?? 0) * gain;
  }
}

async function duckingOf(voices: readonly Placed[], length: number): Promise<Float32Array> {
  const target = new Uint8Array(length);
  for (const { sound, at } of voices) {
    const frames = ((sound.channels[0]?.length ?? 0) / sound.rate + 0.15) * MIX_RATE;
    target.fill(1, Math.max(0, Math.round((at - 0.2) * MIX_RATE)), Math.round(at * MIX_RATE + frames));
  }
  await breathe();
  const gains = new Float32Array(length);
  const step = 1 - Math.exp(-3 / (DUCK_SECONDS * MIX_RATE));
  let gain = 1;
  for (let i = 0; i < length; i += 1) {
    gain += ((target[i] === 1 ? DUCKED : 1) - gain) * step;
    gains[i] = gain;
  }
  return gains;
}
