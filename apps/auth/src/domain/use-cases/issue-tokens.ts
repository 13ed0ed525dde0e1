import { Injectable } from '@nestjs/common';
import type { Permission } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { TokenIssuer } from '../ports/token-issuer.js';
import { refreshTokenText } from '../sessions/refresh-secret.js';
import { SessionRepository } from '../sessions/session.repository.js';
import { ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_MS } from '../sessions/session.js';
import type { User } from '../users/user.js';

/** What every account may do with what is its own. */
const PERMISSIONS: readonly Permission[] = ['read:own_data', 'write:own_data', 'delete:own_data', 'access:ai_features'];

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

/** Gives a session its next pair of tokens, inside the caller's transaction. Token times are real time. */
@Injectable()
export class IssueTokens {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly issuer: TokenIssuer,
  ) {}

  async execute(user: User, sessionId: Uuid): Promise<Tokens> {
    const refreshToken = refreshTokenText(user.id, this.issuer.secret());
    const issuedAt = new Date();
    const expiresAt = new Date(issuedAt.getTime() + REFRESH_TOKEN_MS);
    await this.sessions.addToken(user.id, { hash: await this.issuer.hashOf(refreshToken), sessionId, issuedAt, expiresAt });
    const accessToken = await this.issuer.accessToken({ userId: user.id, sessionId, tier: user.tier, permissions: PERMISSIONS });
    return { accessToken, refreshToken, expiresInSeconds: ACCESS_TOKEN_SECONDS };
  }
}
