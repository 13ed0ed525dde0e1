import type { Recording, Sound } from '../voice/recording.js';

/** Decodes recordings. */
export abstract class SoundReader {
  /** Undefined where this machine has nothing that reads the format. Throws RecordingUnreadable. */
  abstract read(recording: Recording, signal: AbortSignal): Promise<Sound | undefined>;
}
