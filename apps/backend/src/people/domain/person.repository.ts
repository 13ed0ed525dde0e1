import type { Uuid } from '@selfos/kernel';

/** What this service knows of a person: where their clock hangs. */
export interface Person {
  readonly timezone: string;
  /** Of the event that said so: an older one changes nothing. */
  readonly seq: number;
}

export abstract class PersonRepository {
  abstract find(userId: Uuid): Promise<Person | undefined>;
  /** Keeps the newer of what is known and what is given. */
  abstract learn(userId: Uuid, person: Person): Promise<void>;
}
