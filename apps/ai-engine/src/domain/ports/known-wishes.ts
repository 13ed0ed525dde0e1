import type { Uuid } from '@selfos/kernel';
import type { Wishes } from '../model/language-model.js';

/** How people want to be answered, as far as was told. Joins the ambient transaction. */
export abstract class KnownWishes {
  /** What somebody wishes who never said anything: the installation's ways. */
  abstract of(userId: Uuid): Promise<Wishes>;

  /** Older news than what is known changes nothing; the same again says the same. */
  abstract learn(userId: Uuid, wishes: Wishes, version: number): Promise<void>;
}
