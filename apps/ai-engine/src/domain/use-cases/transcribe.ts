import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { ModelFault } from '../model/chat-model.js';
import { EngineChoice } from '../voice/engine-choice.js';
import { type Loudness, loudnessOf } from '../voice/loudness.js';
import type { Recording } from '../voice/recording.js';
import { trustedWords } from '../voice/trust-transcript.js';
import { NobodyListens } from '../voice/voice.errors.js';
import { SoundReader } from '../ports/sound-reader.js';

export interface Transcribed {
  /** Empty when nobody said anything. */
  readonly text: string;
  /** Undefined where the sound itself could not be judged. */
  readonly seconds?: number | undefined;
  /** Undefined when nobody had to be asked. */
  readonly engine?: string | undefined;
  readonly fallback?: string | undefined;
}

/** How long an engine may take that has another one behind it. */
const PATIENCE_MS = 12_000;

/**
 * Turns a recording into the words that were said in it. Silence is no question for any engine: engines answer it with inventions. Each
 * engine that may hear this person is asked in turn. Throws RecordingUnreadable, NobodyListens.
 */
@Injectable()
export class Transcribe {
  constructor(
    private readonly sounds: SoundReader,
    private readonly engines: EngineChoice,
  ) {}

  async execute(userId: Uuid, recording: Recording, signal: AbortSignal): Promise<Transcribed> {
    const loudness = await this.loudness(recording, signal);
    if (loudness?.mayBeSpeech === false) return { text: '', seconds: loudness.seconds };
    const { engines, reasons } = await this.engines.for(userId);
    for (const engine of engines) {
      const patience = engine === engines.at(-1) ? signal : AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
      try {
        const heard = await engine.transcribe(recording, patience);
        return { text: trustedWords(heard, loudness), seconds: loudness?.seconds, engine: engine.name, ...(reasons.length === 0 ? {} : { fallback: reasons.join(', ') }) };
      } catch (error) {
        if (!(error instanceof ModelFault)) throw error;
        reasons.push(`${engine.name}: ${error.kind}`);
      }
    }
    throw new NobodyListens({ detail: reasons.length === 0 ? 'None is configured that may hear you: WHISPER_URL names a server of your own, OPENAI_API_KEY the maker’s.' : `Asked: ${reasons.join(', ')}.` });
  }

  private async loudness(recording: Recording, signal: AbortSignal): Promise<Loudness | undefined> {
    const sound = await this.sounds.read(recording, signal);
    return sound === undefined ? undefined : loudnessOf(sound);
  }
}
