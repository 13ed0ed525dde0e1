import { Injectable } from '@nestjs/common';
import { Clock, uuidv7, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { asUser } from '../as-user.js';
import { AccountEvents } from '../ports/account-events.js';
import { UserRepository } from '../users/user.repository.js';
import { passwordIssues } from '../users/password-rules.js';
import type { User } from '../users/user.js';
import { EmailTaken, UserIdTaken, WeakPassword } from '../users/user.errors.js';
import { Credentials } from './credentials.js';

export interface Registration {
  /** The client may bring the id. */
  readonly id?: Uuid | undefined;
  readonly email: string;
  readonly password: string;
  readonly timezone: string;
}

/** Creates an account with all its keys, or changes nothing. Throws WeakPassword, EmailTaken or UserIdTaken. */
@Injectable()
export class Register {
  constructor(
    private readonly transaction: Transaction,
    private readonly users: UserRepository,
    private readonly credentials: Credentials,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /** `kept` runs in the transaction that keeps the account. Hashing takes long and stays outside: meanwhile no connection is held. */
  async execute(registration: Registration, kept: (user: User) => Promise<void> = () => Promise.resolve()): Promise<User> {
    const issues = passwordIssues(registration);
    if (issues.length > 0) throw new WeakPassword({ issues });
    const emailHash = await this.credentials.emailHash(registration.email);
    const taken = await this.transaction.run(() => this.users.findIdByEmailHash(emailHash));
    if (taken !== undefined) throw new EmailTaken();
    const id = registration.id ?? uuidv7();
    return asUser(id, async () => {
      // Before the account: keys without an account are harmless, an account without keys is not.
      const made = await this.credentials.make(id, registration);
      const user: User = { id, emailHash, ...made, timezone: registration.timezone, tier: 'standard', createdAt: this.clock.now(), version: 1 };
      await this.transaction.run(async () => {
        await this.keep(user);
        await kept(user);
      });
      return user;
    });
  }

  private async keep(user: User): Promise<void> {
    const outcome = await this.users.create(user.id, user);
    if (outcome === 'email-taken') throw new EmailTaken();
    if (outcome === 'id-taken') throw new UserIdTaken();
    await this.events.userRegistered(user);
  }
}
