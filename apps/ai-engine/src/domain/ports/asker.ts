import type { Uuid } from '@selfos/kernel';

export interface AskingPerson {
  readonly userId?: Uuid;
  readonly tier: 'standard' | 'premium' | 'privacy';
}

/** Whose question is being answered. */
export abstract class Asker {
  abstract current(): AskingPerson;
}
