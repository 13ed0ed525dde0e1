import type { Inner, routes } from '@selfos/contracts';
import type { Account } from '../domain/use-cases/accounts.js';
import type { Tokens } from '../domain/use-cases/issue-tokens.js';

export function meBody({ user, email }: Account): Inner<(typeof routes.getMe)['response']> {
  return { id: user.id, email, timezone: user.timezone, tier: user.tier, created_at: user.createdAt.toISOString(), version: user.version };
}

export function tokensBody(tokens: Tokens): Inner<(typeof routes.login)['response']> {
  return { access_token: tokens.accessToken, refresh_token: tokens.refreshToken, token_type: 'Bearer', expires_in: tokens.expiresInSeconds };
}
