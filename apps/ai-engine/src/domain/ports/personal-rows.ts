import type { Uuid } from '@selfos/kernel';

/** Everything that this service's database has of a person: what waits to be learned, was counted, used and noted. Joins the ambient transaction. */
export abstract class PersonalRows {
  abstract removeAll(userId: Uuid): Promise<void>;
}
