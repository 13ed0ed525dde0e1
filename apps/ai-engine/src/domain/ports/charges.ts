import type { Uuid } from '@selfos/kernel';
import type { Usage } from '../model/language-model.js';

/** One call of a model: which, for what, and at most what it is expected to use. */
export interface ModelCall {
  readonly model: string;
  readonly operation: string;
  readonly expected: Usage;
}

/** A call that is under way. Until it is settled it counts with what was expected: a crash never makes it vanish. */
export interface Charge {
  settle(usage: Usage): Promise<void>;
}

/** What calls of models use, entered before each is made. */
export abstract class Charges {
  /** Rejects when it cannot be entered: then nothing that costs may be asked. */
  abstract open(userId: Uuid, call: ModelCall): Promise<Charge>;
}
