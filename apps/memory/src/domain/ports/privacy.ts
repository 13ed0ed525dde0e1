import type { Uuid } from '@selfos/kernel';

/** Whose memories are kept from models and indexes elsewhere. Joins the ambient transaction. */
export abstract class Privacy {
  abstract isWithheld(userId: Uuid): Promise<boolean>;

  /** Older news than what is known changes nothing; the same again says the same. */
  abstract learn(userId: Uuid, withheld: boolean, version: number): Promise<void>;
}
