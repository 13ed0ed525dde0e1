import { Injectable } from '@nestjs/common';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { asUser } from '../as-user.js';
import { PasswordHasher } from '../ports/password-hasher.js';
import { CredentialsRefused } from '../sessions/session.errors.js';
import { SessionRepository } from '../sessions/session.repository.js';
import type { User } from '../users/user.js';
import { IssueTokens, type Tokens } from './issue-tokens.js';
import { Accounts } from './accounts.js';

/** Exchanges an address and a password for a session. Throws CredentialsRefused, after the same work whoever is asked for. */
@Injectable()
export class LogIn {
  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly transaction: Transaction,
    private readonly sessions: SessionRepository,
    private readonly tokens: IssueTokens,
  ) {}

  async execute(given: { readonly email: string; readonly password: string }): Promise<Tokens> {
    const user = await this.accounts.findByEmail(given.email);
    const right = await this.hasher.verify(user?.passwordHash, given.password);
    if (user === undefined || !right) throw new CredentialsRefused();
    return asUser(user.id, () => this.transaction.run(() => this.begin(user)));
  }

  private async begin(user: User): Promise<Tokens> {
    const sessionId: Uuid = uuidv7();
    await this.sessions.start(user.id, { id: sessionId, createdAt: new Date() });
    return this.tokens.execute(user, sessionId);
  }
}
