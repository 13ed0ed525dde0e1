import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { asUser } from '../as-user.js';
import { AccountEvents } from '../ports/account-events.js';
import { TokenIssuer } from '../ports/token-issuer.js';
import { ownerOfRefreshToken } from '../sessions/refresh-secret.js';
import { RefreshRefused } from '../sessions/session.errors.js';
import { SessionRepository } from '../sessions/session.repository.js';
import type { Tokens } from './issue-tokens.js';
import { NextTokens } from './next-tokens.js';

/**
 * Exchanges a refresh token for new tokens. A token that was used before means that two parties hold it: the whole session ends.
 * Throws RefreshRefused.
 */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly transaction: Transaction,
    private readonly sessions: SessionRepository,
    private readonly issuer: TokenIssuer,
    private readonly events: AccountEvents,
    private readonly next: NextTokens,
  ) {}

  async execute(refreshToken: string): Promise<Tokens> {
    const userId = ownerOfRefreshToken(refreshToken);
    if (userId === undefined) throw new RefreshRefused();
    const hash = await this.issuer.hashOf(refreshToken);
    // The refusal is thrown after the transaction: thrown inside, it would undo the end of the session.
    const tokens = await asUser(userId, () => this.transaction.run(() => this.exchange(userId, hash)));
    if (tokens === undefined) throw new RefreshRefused();
    return tokens;
  }

  private async exchange(userId: Uuid, hash: string): Promise<Tokens | undefined> {
    const at = new Date();
    const consumption = await this.sessions.consume(userId, hash, at);
    if (consumption.kind === 'consumed') return this.next.execute(userId, consumption.sessionId);
    if (consumption.kind === 'reused' && (await this.sessions.revoke(userId, consumption.sessionId, { reason: 'reuse', at }))) {
      await this.events.sessionRevoked(userId, consumption.sessionId, 'reuse');
    }
    return undefined;
  }
}
