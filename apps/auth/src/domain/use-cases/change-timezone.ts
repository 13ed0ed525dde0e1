import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { AccountEvents } from '../ports/account-events.js';
import { UserVersionMismatch } from '../users/user.errors.js';
import { UserRepository } from '../users/user.repository.js';
import type { User } from '../users/user.js';
import { Accounts } from './accounts.js';

export interface TimezoneChange {
  readonly timezone: string;
  /** The version that the person has read, or `*` for whichever there is. */
  readonly ifMatch: number | '*';
}

/** Moves a person to another time zone. Throws UserNotFound or UserVersionMismatch. */
@Injectable()
export class ChangeTimezone {
  constructor(
    private readonly transaction: Transaction,
    private readonly accounts: Accounts,
    private readonly users: UserRepository,
    private readonly events: AccountEvents,
  ) {}

  async execute(userId: Uuid, { timezone, ifMatch }: TimezoneChange): Promise<User> {
    return this.transaction.run(async () => {
      const user = await this.accounts.get(userId);
      const version = ifMatch === '*' ? user.version : ifMatch;
      const changed = await this.users.changeTimezone(userId, timezone, version);
      if (changed === undefined) throw new UserVersionMismatch();
      await this.events.userUpdated(changed);
      return changed;
    });
  }
}
