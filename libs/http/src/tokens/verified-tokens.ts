import type { VerifiedToken } from '@selfos/crypto';
import { hash } from 'node:crypto';

const MAX_KEPT = 10_000;

/** Tokens that were verified once, until they expire: callers use a token for more than one call. Failures are not kept. */
export class VerifiedTokens {
  private readonly kept = new Map<string, VerifiedToken>();

  async get(token: string, verify: () => Promise<VerifiedToken>): Promise<VerifiedToken> {
    const id = hash('sha256', token, 'base64');
    const known = this.kept.get(id);
    if (known !== undefined && known.exp * 1000 > Date.now()) return known;
    this.kept.delete(id);
    const claims = await verify();
    this.kept.set(id, claims);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return claims;
  }
}
