import { Injectable } from '@nestjs/common';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { asUser } from '../as-user.js';
import { EmailVault } from '../ports/email-vault.js';
import { UserNotFound } from '../users/user.errors.js';
import { UserRepository } from '../users/user.repository.js';
import type { User } from '../users/user.js';

/** An account as its owner sees it. */
export interface Account {
  readonly user: User;
  readonly email: string;
}

/** Finds accounts, by address or as the person who asks. */
@Injectable()
export class Accounts {
  constructor(
    private readonly transaction: Transaction,
    private readonly users: UserRepository,
    private readonly vault: EmailVault,
  ) {}

  /** Undefined when nobody has this address. */
  async findByEmail(email: string): Promise<User | undefined> {
    const emailHash = await this.vault.hash(email);
    const known = await this.transaction.run(() => this.users.findIdByEmailHash(emailHash));
    // Somebody is looked for either way: fewer round trips for strangers would tell who has an account.
    const userId = known ?? uuidv7();
    return asUser(userId, () => this.transaction.run(() => this.users.find(userId)));
  }

  /** Throws UserNotFound. */
  async get(userId: Uuid): Promise<User> {
    const user = await this.transaction.run(() => this.users.find(userId));
    if (user === undefined) throw new UserNotFound();
    return user;
  }

  async view(user: User): Promise<Account> {
    return asUser(user.id, async () => ({ user, email: await this.vault.open(user.id, user.email) }));
  }
}
