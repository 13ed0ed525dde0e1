import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { asUser } from '../as-user.js';
import { AccountEvents } from '../ports/account-events.js';
import { TokenIssuer } from '../ports/token-issuer.js';
import { ownerOfRefreshToken } from '../sessions/refresh-secret.js';
import { SessionRepository } from '../sessions/session.repository.js';

/** Ends the session of a refresh token. Says nothing of tokens that mean nothing (RFC 7009 §2.2): afterwards there is no session. */
@Injectable()
export class LogOut {
  constructor(
    private readonly transaction: Transaction,
    private readonly sessions: SessionRepository,
    private readonly issuer: TokenIssuer,
    private readonly events: AccountEvents,
  ) {}

  async execute(refreshToken: string): Promise<void> {
    const userId = ownerOfRefreshToken(refreshToken);
    if (userId === undefined) return;
    const hash = await this.issuer.hashOf(refreshToken);
    await asUser(userId, () => this.transaction.run(() => this.end(userId, hash)));
  }

  private async end(userId: Uuid, hash: string): Promise<void> {
    const sessionId = await this.sessions.findSessionId(userId, hash);
    if (sessionId === undefined) return;
    const ended = await this.sessions.revoke(userId, sessionId, { reason: 'logout', at: new Date() });
    if (ended) await this.events.sessionRevoked(userId, sessionId, 'logout');
  }
}
