import { breathe, MIX_RATE, silence, type Sound } from './sound.js';

/** Chords as semitones above the key's root, spread wide: calm, none of them wanting to go anywhere in a hurry. */
const PROGRESSIONS: readonly (readonly (readonly number[])[])[] = [
  [[0, 7, 16, 23, 26], [-3, 9, 16, 19, 24], [-7, 5, 12, 21, 28], [-5, 7, 14, 19, 24]],
  [[0, 12, 16, 19, 26], [-5, 11, 14, 19, 23], [-3, 12, 16, 19, 28], [-7, 9, 12, 16, 24]],
  [[-7, 9, 12, 16, 19], [0, 7, 16, 19, 24], [-5, 11, 14, 18, 26], [-3, 7, 12, 16, 24]],
];
const CHORD_SECONDS = 5.2;
const RELEASE_SECONDS = 2.6;
const ROOT_HZ = 130.81;
/** Steps of the scale that single notes are drawn from: a pentatonic, which clashes with none of the chords. */
const NOTES = [24, 26, 28, 31, 33, 36];

/**
 * Soft chords with a few single notes above them, as long as asked; the same seed gives the same music.
 * Our own synthesis, so there is nothing to license and nothing to fetch.
 */
export async function musicBed(seconds: number, seed: number): Promise<Sound> {
  const random = generator(seed);
  const progression = PROGRESSIONS[Math.floor(random() * PROGRESSIONS.length)] ?? [];
  const key = Math.floor(random() * 5) - 2;
  const bed = silence(seconds);
  for (let chord = 0; chord * CHORD_SECONDS < seconds; chord += 1) {
    const at = chord * CHORD_SECONDS;
    for (const [voice, semitone] of (progression[chord % progression.length] ?? []).entries()) {
      addPad(bed, { at, hz: pitch(semitone + key), pan: voice / 4, gain: voice === 0 ? 0.16 : 0.085 });
      await breathe();
    }
    for (const share of [0.22, 0.61]) {
      if (random() < 0.35) continue;
      const note = NOTES[Math.floor(random() * NOTES.length)] ?? 24;
      addPluck(bed, { at: at + share * CHORD_SECONDS, hz: pitch(note + key), pan: random(), gain: 0.075 });
    }
    await breathe();
  }
  await addRoom(bed);
  await fadeEnds(bed, seconds);
  return bed;
}

interface Tone {
  readonly at: number;
  readonly hz: number;
  /** 0 left to 1 right. */
  readonly pan: number;
  readonly gain: number;
}

/** A slow swell of two slightly untuned oscillators with a little of the second and third harmonic. */
function addPad(bed: Sound, tone: Tone): void {
  const length = CHORD_SECONDS + RELEASE_SECONDS;
  addPartials(bed, tone, {
    length,
    partials: [[1, 0.5], [1.0023, 0.5], [2.001, 0.16], [3, 0.05]],
    envelope: (t) => Math.min(1, t / 1.7) ** 1.5 * Math.max(0, Math.min(1, (length - t) / RELEASE_SECONDS)) ** 1.3,
  });
}

/** A single soft note, like a felt-damped string. */
function addPluck(bed: Sound, tone: Tone): void {
  addPartials(bed, tone, {
    length: 3.2,
    partials: [[1, 1], [2, 0.22], [3.01, 0.07]],
    envelope: (t) => Math.min(1, t / 0.012) * Math.exp(-1.9 * t) * Math.max(0, Math.min(1, (3.2 - t) / 0.4)),
  });
}

interface Timbre {
  readonly length: number;
  readonly partials: readonly (readonly [ratio: number, gain: number])[];
  readonly envelope: (seconds: number) => number;
}

/** How many samples share one value of the envelope: a millisecond and a third. */
const BLOCK = 64;

function addPartials(bed: Sound, tone: Tone, timbre: Timbre): void {
  const start = Math.round(tone.at * MIX_RATE);
  const length = Math.min((bed.channels[0]?.length ?? 0) - start, Math.round(timbre.length * MIX_RATE));
  if (length <= 0) return;
  const note = new Float32Array(length);
  for (const [ratio, gain] of timbre.partials) addSine(note, (2 * Math.PI * tone.hz * ratio) / MIX_RATE, gain * tone.gain);
  shape(note, timbre.envelope);
  const angle = (0.2 + tone.pan * 0.6) * (Math.PI / 2);
  for (const [channel, gain] of [Math.cos(angle), Math.sin(angle)].entries()) {
    const samples = bed.channels[channel]?.subarray(start) ?? note;
    for (let i = 0; i < length; i += 1) samples[i] = (samples[i] ?? 0) + (note[i] ?? 0) * gain;
  }
}

/** Adds a sine by turning a pointer a step at a time: four multiplications a sample instead of a call. */
function addSine(note: Float32Array, step: number, gain: number): void {
  const [turnX, turnY] = [Math.cos(step), Math.sin(step)];
  let x = gain;
  let y = 0;
  for (let i = 0; i < note.length; i += 1) {
    note[i] = (note[i] ?? 0) + y;
    const turned = x * turnX - y * turnY;
    y = x * turnY + y * turnX;
    x = turned;
  }
}

function shape(note: Float32Array, envelope: (seconds: number) => number): void {
  for (let block = 0; block < note.length; block += BLOCK) {
    const from = envelope(block / MIX_RATE);
    const slope = (envelope((block + BLOCK) / MIX_RATE) - from) / BLOCK;
    const end = Math.min(BLOCK, note.length - block);
    for (let i = 0; i < end; i += 1) note[block + i] = (note[block + i] ?? 0) * (from + slope * i);
  }
}

/** A small room: a few damped echoes of unequal length, different left and right. */
async function addRoom(bed: Sound): Promise<void> {
  const delays = [[1_687, 2_953, 4_481], [1_931, 3_217, 4_099]];
  for (const [channel, samples] of bed.channels.entries()) {
    for (const delay of delays[channel] ?? []) {
      for (let i = delay; i < samples.length; i += 1) samples[i] = (samples[i] ?? 0) * 0.93 + (samples[i - delay] ?? 0) * 0.24;
      await breathe();
    }
  }
}

async function fadeEnds(bed: Sound, seconds: number): Promise<void> {
  const [rise, fall] = [Math.min(1, seconds / 4), Math.min(2.4, seconds / 3)];
  for (const samples of bed.channels) {
    for (let i = 0; i < samples.length; i += 1) {
      const t = i / MIX_RATE;
      samples[i] = (samples[i] ?? 0) * Math.min(1, t / rise) * Math.min(1, Math.max(0, (seconds - t) / fall));
    }
    await breathe();
  }
}

function pitch(semitones: number): number {
  return ROOT_HZ * 2 ** (semitones / 12);
}

/** Mulberry32: a small, well-distributed generator whose whole state is the seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
