import type { Sound } from '../sound/sound.js';

/** Says a sentence. A story without a voice is still a story: undefined means captions only. */
export abstract class Voice {
  abstract speak(sentence: string, signal: AbortSignal): Promise<Sound | undefined>;
}

/** Where no speech program is installed. */
export class SilentVoice extends Voice {
  speak(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
