/** Samples from −1 to 1, one array a channel, all of the same length. */
export interface Sound {
  readonly rate: number;
  readonly channels: readonly Float32Array[];
}

export const MIX_RATE = 48_000;

export function secondsOf(sound: Sound): number {
  return (sound.channels[0]?.length ?? 0) / sound.rate;
}

export function silence(seconds: number, channels = 2): Sound {
  return { rate: MIX_RATE, channels: Array.from({ length: channels }, () => new Float32Array(Math.round(seconds * MIX_RATE))) };
}

/** Lets waiting requests of this process run: sound is made in slices of a few milliseconds. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Root mean square of what is not silence, so that pauses do not make a voice look quiet. */
export function activeLevel(samples: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (const sample of samples) {
    if (Math.abs(sample) < 0.003) continue;
    sum += sample * sample;
    count += 1;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** The same sound at another rate (cubic Hermite between samples: plenty for speech). */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const result = new Float32Array(Math.floor((samples.length * to) / from));
  const at = (index: number): number => samples[Math.min(Math.max(index, 0), samples.length - 1)] ?? 0;
  for (let i = 0; i < result.length; i += 1) {
    const position = (i * from) / to;
    const k = Math.floor(position);
    const t = position - k;
    const [a, b, c, d] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
    result[i] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }
  return result;
}
