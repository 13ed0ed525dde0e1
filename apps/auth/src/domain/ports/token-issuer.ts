import type { PublicJwk } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import type { Tier } from '../users/user.js';

export interface AccessGrant {
  readonly userId: Uuid;
  readonly sessionId: Uuid;
  readonly tier: Tier;
  readonly permissions: readonly string[];
}

/** Makes the tokens that a signed-in person carries. */
export abstract class TokenIssuer {
  /** A JWT access token (RFC 9068), valid one hour. */
  abstract accessToken(grant: AccessGrant): Promise<string>;

  /** A new random secret. */
  abstract secret(): string;

  /** What is kept of a secret token: 64 hex digits. */
  abstract hashOf(token: string): Promise<string>;

  /** The public keys by which anyone can check an access token (RFC 7517). */
  abstract jwks(): { keys: PublicJwk[] };
}
