import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_TYPE, jwksOf, newSecretToken, secretTokenHash, signToken, type PublicJwk, type SigningJwk } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { TokenIssuer, type AccessGrant } from '../../domain/ports/token-issuer.js';
import { ACCESS_TOKEN_SECONDS } from '../../domain/sessions/session.js';

/** Signs access tokens (RFC 9068) by the installation's token key. */
export class JwtTokenIssuer extends TokenIssuer {
  constructor(
    private readonly key: SigningJwk,
    /** Public address of the installation. */
    private readonly issuer: string,
  ) {
    super();
  }

  accessToken({ userId, sessionId, tier, permissions }: AccessGrant): Promise<string> {
    return signToken(this.key, {
      typ: ACCESS_TOKEN_TYPE,
      issuer: this.issuer,
      audience: ACCESS_TOKEN_AUDIENCE,
      subject: userId,
      id: uuidv7(),
      lifetimeSeconds: ACCESS_TOKEN_SECONDS,
      claims: { client_id: ACCESS_TOKEN_AUDIENCE, sid: sessionId, tier, scope: permissions.join(' ') },
    });
  }

  secret(): string {
    return newSecretToken();
  }

  hashOf(token: string): Promise<string> {
    return secretTokenHash(token);
  }

  jwks(): { keys: PublicJwk[] } {
    return jwksOf(this.key);
  }
}
