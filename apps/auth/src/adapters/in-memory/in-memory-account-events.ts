import type { Uuid } from '@selfos/kernel';
import { AccountEvents } from '../../domain/ports/account-events.js';
import type { RevocationReason } from '../../domain/sessions/session.js';
import type { User } from '../../domain/users/user.js';

/** For specs: what was told, as `user.registered <id>`. */
export class InMemoryAccountEvents extends AccountEvents {
  readonly told: string[] = [];

  userRegistered(user: User): Promise<void> {
    this.told.push(`user.registered ${user.id}`);
    return Promise.resolve();
  }

  userUpdated(user: User): Promise<void> {
    this.told.push(`user.updated ${user.id} ${user.timezone}`);
    return Promise.resolve();
  }

  sessionRevoked(_userId: Uuid, sessionId: Uuid, reason: RevocationReason): Promise<void> {
    this.told.push(`session.revoked ${sessionId} ${reason}`);
    return Promise.resolve();
  }
}
