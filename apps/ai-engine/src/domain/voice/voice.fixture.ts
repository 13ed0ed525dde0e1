const RATE = 16_000;

export const silence = (seconds: number): Float32Array => new Float32Array(Math.round(seconds * RATE));

/** The same loudness all the time: hum, hiss. */
export const steady = (seconds: number, amplitude: number): Float32Array => silence(seconds).map((_, index) => amplitude * Math.sin((index * 2 * Math.PI * 120) / RATE));

/** Syllables, four a second, over a faint hiss, with silence behind them. */
export const speechLike = (spoken: number, seconds: number): Float32Array =>
  silence(seconds).map((_, index) => {
    const time = index / RATE;
    const isVoiced = time < spoken && time % 0.25 < 0.17;
    return (isVoiced ? 0.3 : 0.001) * Math.sin(index * 2 * Math.PI * (180 / RATE)) * (isVoiced ? Math.sin((time % 0.25) * Math.PI * 5.9) : 1);
  });

interface Shape {
  readonly kind: 1 | 3;
  readonly bits: 8 | 16 | 24 | 32;
  readonly channels: number;
}

/** A RIFF/WAVE file of these samples, channels interleaved. */
export function wavOf(samples: Float32Array, { kind, bits, channels }: Shape = { kind: 1, bits: 16, channels: 1 }): Uint8Array {
  const bytes = bits / 8;
  const view = new DataView(new ArrayBuffer(44 + samples.length * bytes));
  const name = (at: number, text: string): void => {
    for (const [index, char] of [...text].entries()) view.setUint8(at + index, char.charCodeAt(0));
  };
  name(0, 'RIFF');
  view.setUint32(4, view.byteLength - 8, true);
  name(8, 'WAVEfmt ');
  for (const [at, value] of [[16, 16], [24, RATE], [28, RATE * bytes * channels], [40, samples.length * bytes]] as const) view.setUint32(at, value, true);
  for (const [at, value] of [[20, kind], [22, channels], [32, bytes * channels], [34, bits]] as const) view.setUint16(at, value, true);
  name(36, 'data');
  for (const [index, sample] of samples.entries()) write(view, 44 + index * bytes, { sample, kind, bits });
  return new Uint8Array(view.buffer);
}

function write(view: DataView, at: number, { sample, kind, bits }: { readonly sample: number; readonly kind: number; readonly bits: number }): void {
  const whole = Math.round(sample * (2 ** (bits - 1) - 1));
  if (kind === 3) view.setFloat32(at, sample, true);
  else if (bits === 8) view.setUint8(at, whole + 128);
  else if (bits === 16) view.setInt16(at, whole, true);
  else if (bits === 32) view.setInt32(at, whole, true);
  else {
    view.setUint16(at, whole & 0xffff, true);
    view.setInt8(at + 2, whole >> 16);
  }
}
