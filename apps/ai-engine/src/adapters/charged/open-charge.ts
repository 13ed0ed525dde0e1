import { ModelFault, type Place } from '../../domain/model/chat-model.js';
import type { Asker } from '../../domain/ports/asker.js';
import { BudgetReached, type Charge, type Charges, type ModelCall } from '../../domain/ports/charges.js';

export interface ChargedTo {
  readonly asker: Asker;
  readonly charges: Charges;
}

/**
 * Enters a call for whoever asks, if anybody is known to. Throws ModelFault when there is no room for it, and, for what is off the person's
 * machines, when it cannot be entered at all.
 */
export async function openCharge({ asker, charges }: ChargedTo, place: Place, call: ModelCall): Promise<Charge | undefined> {
  const { userId } = asker.current();
  if (userId === undefined) return undefined;
  try {
    return await charges.open(userId, call);
  } catch (error) {
    if (error instanceof BudgetReached) throw new ModelFault('budget', undefined, { cause: error });
    if (place === 'cloud') throw new ModelFault('unavailable', undefined, { cause: error });
    return undefined;
  }
}
