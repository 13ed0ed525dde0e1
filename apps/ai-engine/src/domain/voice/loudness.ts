import type { Sound } from './recording.js';

/** Of one frame, in seconds: shorter than a syllable. */
const FRAME_SECONDS = 0.03;
/** Below this nobody speaks into a microphone, in decibels under full scale. */
const SILENCE_DB = -50;
/** Speech stands out from what is around it; hum and hiss do not. */
const CLEAR_DB = 6;
/** A word takes at least this long. */
const LEAST_SPEECH_SECONDS = 0.15;

export interface Loudness {
  readonly seconds: number;
  /** Seconds in which it is as loud as speech. */
  readonly loudSeconds: number;
  /** Whether somebody may be speaking in it. */
  readonly mayBeSpeech: boolean;
}

/**
 * Whether a sound is loud enough, and uneven enough, to be speech: frames that are neither silent nor no louder than the quietest tenth,
 * together as long as a word. It never says that it is speech; only that nobody need be asked.
 */
export function loudnessOf({ samples, rate }: Sound): Loudness {
  const seconds = samples.length / rate;
  const frame = Math.max(1, Math.round(rate * FRAME_SECONDS));
  const levels = Array.from({ length: Math.floor(samples.length / frame) }, (_, index) => decibels(samples.subarray(index * frame, (index + 1) * frame)));
  const quiet = [...levels].sort((a, b) => a - b)[Math.floor(levels.length / 10)] ?? -Infinity;
  const loudSeconds = levels.filter((level) => level > SILENCE_DB && level > quiet + CLEAR_DB).length * FRAME_SECONDS;
  return { seconds, loudSeconds, mayBeSpeech: loudSeconds >= LEAST_SPEECH_SECONDS };
}

/** Without what is constant: a microphone's direct current is no sound. */
function decibels(samples: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const sample of samples) {
    sum += sample;
    squares += sample * sample;
  }
  const mean = sum / samples.length;
  return 10 * Math.log10(Math.max(0, squares / samples.length - mean * mean));
}
