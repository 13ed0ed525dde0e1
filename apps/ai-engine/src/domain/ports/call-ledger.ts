import type { Uuid } from '@selfos/kernel';
import type { Usage } from '../model/language-model.js';
import type { Spent } from '../model/spending.js';
import type { ModelCall } from './charges.js';

/** Every call of a model, whatever became of it; limits are held against it. No content. Joins the ambient transaction. */
export abstract class CallLedger {
  /** Until the ambient transaction ends, no other call of this person is looked at or entered. */
  abstract hold(userId: Uuid): Promise<void>;

  /** Enters a call with what it is expected to use at most. */
  abstract reserve(userId: Uuid, call: ModelCall & { readonly callId: Uuid; readonly at: Date }): Promise<void>;

  /** Puts what it used in the place of what was expected. */
  abstract settle(userId: Uuid, callId: Uuid, usage: Usage): Promise<void>;

  /** What was used since then, summed by model; a call that was never settled counts with what was expected. */
  abstract spentSince(userId: Uuid, since: Date): Promise<Spent[]>;
}
