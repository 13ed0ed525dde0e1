import type { Uuid } from '@selfos/kernel';
import type { Usage } from '../model/language-model.js';
import type { OwnLimits } from './budget.js';

/** One call of a model: which, for what, and at most what it is expected to use. */
export interface ModelCall {
  readonly model: string;
  readonly operation: string;
  readonly expected: Usage;
  /** The person's own limits; the installation's hold without them. */
  readonly limits?: OwnLimits | undefined;
}

/** A call that is under way. Until it is settled it counts with what was expected: a crash never makes it vanish. */
export interface Charge {
  settle(usage: Usage): Promise<void>;
}

/** What calls of models use, entered before each is made. */
export abstract class Charges {
  /**
   * Looks at the limits and enters the call in one step, so that calls made at once do not all find the same room. Rejects when it cannot be
   * entered: with BudgetReached when what costs has no room, else with what is in the way. Then nothing that costs may be asked.
   */
  abstract open(userId: Uuid, call: ModelCall): Promise<Charge>;
}

/** The calls that are under way have taken what was left. */
export class BudgetReached extends Error {
  constructor() {
    super('the budget for language models is used up');
  }
}
