import type { Uuid } from '@selfos/kernel';

/** Turns of anybody that were begun more than an hour ago and not settled, the oldest first. Names only. */
export abstract class OverdueTurns {
  abstract list(page: { readonly skip: number; readonly limit: number }): Promise<readonly { readonly userId: Uuid; readonly messageId: Uuid }[]>;
}
