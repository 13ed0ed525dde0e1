import { expect, it } from '@jest/globals';
import { requireRealPart } from '@selfos/testing';
import { EspeakVoice } from '../src/adapters/espeak/espeak-voice.js';
import { activeLevel, secondsOf, type Sound } from '../src/domain/sound/sound.js';
import { writeWav } from '../src/domain/sound/wav.js';

requireRealPart('espeak-ng')('the local voice', () => {
  const signal = new AbortController().signal;
  const voice = new EspeakVoice();

  it('says a sentence, the longer one for longer, and the same each time', async () => {
    const short = await voice.speak('You ran twice.', signal);
    const long = await voice.speak('You ran twice before sunrise, and on Saturday you walked home from the station.', signal);
    expect(secondsOf(short ?? { rate: 1, channels: [] })).toBeGreaterThan(0.6);
    expect(secondsOf(long ?? { rate: 1, channels: [] })).toBeGreaterThan(secondsOf(short ?? { rate: 1, channels: [] }) * 2);
    expect(activeLevel(short?.channels[0] ?? new Float32Array())).toBeGreaterThan(0.01);
    const again = await voice.speak('You ran twice.', signal);
    const bytesOf = (sound: Sound | undefined): Uint8Array => writeWav(sound ?? { rate: 1, channels: [] });
    expect(Buffer.from(bytesOf(again)).equals(bytesOf(short))).toBe(true);
  });

  it('takes a sentence as words, whatever it looks like', async () => {
    for (const sentence of ['-v en --stdout; rm -rf /', '<speak><mark name="x"/>hello</speak>', '$(date) `date` \\ "quoted"']) {
      expect(secondsOf((await voice.speak(sentence, signal)) ?? { rate: 1, channels: [] })).toBeGreaterThan(0.3);
    }
  });

  it('stops when nobody wants it any more', async () => {
    await expect(voice.speak('Anything.', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
