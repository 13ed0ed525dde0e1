import type { Uuid } from '@selfos/kernel';
import type { User } from './user.js';

export type SaveOutcome = 'saved' | 'email-taken' | 'id-taken';

/** Keeps accounts. Everything but the look-up by address is done as the person it is about. */
export abstract class UserRepository {
  /** Whose address has this hash, if anyone's. */
  abstract findIdByEmailHash(emailHash: string): Promise<Uuid | undefined>;

  abstract find(userId: Uuid): Promise<User | undefined>;

  /** Keeps a new account, unless its address or id has one already. */
  abstract create(userId: Uuid, user: User): Promise<SaveOutcome>;

  /** Sets the zone and raises the version if that is still `version`; undefined when it is not. */
  abstract changeTimezone(userId: Uuid, timezone: string, version: number): Promise<User | undefined>;
}
