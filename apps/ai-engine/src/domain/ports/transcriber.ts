import type { Place } from '../model/chat-model.js';
import type { Usage } from '../model/language-model.js';
import type { Recording } from '../voice/recording.js';
import type { Transcript } from '../voice/trust-transcript.js';

export interface Heard extends Transcript {
  readonly usage?: Usage | undefined;
}

/** Writes down what is said in a recording. It is asked once; whatever it does not answer is a ModelFault. What it writes is not believed as it is. */
export abstract class Transcriber {
  abstract readonly name: string;
  abstract readonly place: Place;

  abstract transcribe(recording: Recording, signal: AbortSignal): Promise<Heard>;
}
