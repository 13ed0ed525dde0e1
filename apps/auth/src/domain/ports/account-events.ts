import type { Uuid } from '@selfos/kernel';
import type { RevocationReason } from '../sessions/session.js';
import type { User } from '../users/user.js';

/** Tells the other services what happened, if and only if the current transaction commits. */
export abstract class AccountEvents {
  abstract userRegistered(user: User): Promise<void>;

  abstract userUpdated(user: User): Promise<void>;

  abstract sessionRevoked(userId: Uuid, sessionId: Uuid, reason: RevocationReason): Promise<void>;
}
