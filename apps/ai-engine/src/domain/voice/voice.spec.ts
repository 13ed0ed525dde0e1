import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loudnessOf } from './loudness.js';
import { readWav } from './recording.js';
import { trustedWords } from './trust-transcript.js';
import { RecordingUnreadable } from './voice.errors.js';
import { silence, speechLike, steady, wavOf } from './voice.fixture.js';

const heardIn = (samples: Float32Array) => loudnessOf({ samples, rate: 16_000 });

describe('a WAV file', () => {
  it.each([[1, 8], [1, 16], [1, 24], [1, 32], [3, 32]] as const)('of kind %i with %i bits is read', (kind, bits) => {
    const samples = Float32Array.of(0, 0.5, -0.5, 0.25);
    const sound = readWav(wavOf(samples, { kind, bits, channels: 1 }));
    expect(sound.rate).toBe(16_000);
    expect([...sound.samples].map((sample) => Math.round(sample * 20) / 20)).toEqual([0, 0.5, -0.5, 0.25]);
  });

  it('of several channels is mixed into one, and one that was cut off is read as far as it goes', () => {
    const stereo = wavOf(Float32Array.of(0.5, -0.5, 0.5, 0.5), { kind: 1, bits: 16, channels: 2 });
    expect([...readWav(stereo).samples].map((sample) => Math.round(sample * 10) / 10)).toEqual([0, 0.5]);
    expect(readWav(stereo.subarray(0, stereo.length - 4)).samples).toHaveLength(1);
  });

  it('that is none is refused, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, hasHead) => {
        const bytes = hasHead ? Uint8Array.from([...wavOf(Float32Array.of(0), { kind: 1, bits: 16, channels: 1 }).subarray(0, 20), ...noise]) : noise;
        try {
          expect(readWav(bytes).rate).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(RecordingUnreadable);
        }
      }),
    );
  });
});

describe('silence', () => {
  it.each([
    ['digital silence', silence(3)], ['the hiss of a microphone', steady(3, 0.002)], ['a loud hum', steady(3, 0.3)], ['direct current', silence(3).map(() => 0.5)], ['a click', speechLike(0.05, 3)], ['nothing at all', new Float32Array()],
  ])('%s needs nobody to be asked', (_what, samples) => {
    expect(heardIn(samples).mayBeSpeech).toBe(false);
  });

  it.each([['a sentence', speechLike(2, 3), 3], ['a word', speechLike(0.4, 2), 2], ['a soft voice', speechLike(2, 3).map((sample) => sample * 0.05), 3]])('%s is not silence', (_what, samples, seconds) => {
    expect(heardIn(samples)).toMatchObject({ mayBeSpeech: true, seconds });
  });
});

describe('what an engine says it heard', () => {
  const quiet = { seconds: 3, loudSeconds: 0.2, mayBeSpeech: true };
  const spoken = { seconds: 3, loudSeconds: 2, mayBeSpeech: true };

  it.each(['Thank you for watching!', 'Thanks for watching. Please subscribe.', 'Untertitel der Amara.org-Community', 'Sous-titrage Société Radio-Canada', 'ご視聴ありがとうございました', '谢谢观看', 'Продолжение следует...', '[BLANK_AUDIO]', '♪♪♪', 'you'])(
    '"%s" is not believed where hardly anything was said', (text) => {
      expect(trustedWords({ text }, quiet)).toBe('');
      expect(trustedWords({ text }, undefined)).toBe('');
    },
  );

  it.each(['Thank you for calling the doctor.', 'Remind me to call my mother', 'Subscribe me to nothing, please'])('"%s" is', (text) => {
    expect(trustedWords({ text }, quiet)).toBe(text);
  });

  it('may be a thank-you when somebody really spoke', () => {
    expect(trustedWords({ text: ' Thank you. ' }, spoken)).toBe('Thank you.');
  });

  it('loses the parts that the engine itself took for silence', () => {
    const segments = [
      { text: ' Call the bank.', noSpeechProb: 0.1, avgLogprob: -0.2 }, { text: ' Thank you.', noSpeechProb: 0.7, avgLogprob: -1.4 }, { text: ' Bye.', noSpeechProb: 0.95, avgLogprob: -0.1 },
      { text: ' Tomorrow.', noSpeechProb: 0.7, avgLogprob: -0.3 },
    ];
    expect(trustedWords({ text: 'x', segments }, spoken)).toBe('Call the bank. Tomorrow.');
  });

  it.each([['I want to run run run run run run', 'I want to run'], ['Go home. Go home. Go home. Go home. Go home.', 'Go home.'], ['ha ha ha', 'ha ha ha'], ['はははははははははははははははは', 'は'], ['very very good', 'very very good']])(
    'says once what it hangs on: "%s"', (text, once) => {
      expect(trustedWords({ text }, spoken)).toBe(once);
    },
  );

  it('is judged in time that grows with its length', () => {
    const started = process.cpuUsage();
    trustedWords({ text: 'a b c d e f g h i j '.repeat(2000) }, spoken);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(5000);
  });
});
