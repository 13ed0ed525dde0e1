import type { Uuid } from '@selfos/kernel';

/** Zero or absent is no limit. */
export interface Limit {
  readonly tokens?: number | undefined;
  /** US dollars. */
  readonly money?: number | undefined;
}

/** Limits that a person set for themselves. */
export interface OwnLimits {
  readonly day: Limit;
  readonly month: Limit;
}

/** free: ask. near: ask, and say that four fifths are used. reached: only models that cost nothing. */
export type BudgetState = 'free' | 'near' | 'reached';

/** What models of the cloud may cost a person, by day and by month. Asked before every call, never after. */
export abstract class Budget {
  /** The stricter of the installation's limits and the person's own. */
  abstract stateOf(userId: Uuid, own?: OwnLimits): Promise<BudgetState>;
}

/** No limit was set. */
export class NoBudget extends Budget {
  override stateOf(): Promise<BudgetState> {
    return Promise.resolve('free');
  }
}
