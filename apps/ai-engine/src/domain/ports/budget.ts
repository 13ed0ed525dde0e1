import type { Uuid } from '@selfos/kernel';

/** free: ask. near: ask, and say that four fifths are used. reached: only models that cost nothing. */
export type BudgetState = 'free' | 'near' | 'reached';

/** What models of the cloud may cost a person, by day and by month. Asked before every call, never after. */
export abstract class Budget {
  abstract stateOf(userId: Uuid): Promise<BudgetState>;
}

/** No limit was set. */
export class NoBudget extends Budget {
  override stateOf(): Promise<BudgetState> {
    return Promise.resolve('free');
  }
}
