import type { Uuid } from '@selfos/kernel';
import type { SealedEmail } from '../users/user.js';

/** Keeps addresses out of the tables: finds them by a keyed hash, seals them under the person's server key. */
export abstract class EmailVault {
  /** The same for every spelling of one address; 64 hex digits. */
  abstract hash(email: string): Promise<string>;

  abstract seal(userId: Uuid, email: string): Promise<SealedEmail>;

  abstract open(userId: Uuid, sealed: SealedEmail): Promise<string>;
}
