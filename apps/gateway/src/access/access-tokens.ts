import { PERMISSIONS, routes, type Permission } from '@selfos/contracts';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_TYPE, parseJwks, verifyToken, type PublicJwk } from '@selfos/crypto';
import { Unauthenticated, type InternalClient } from '@selfos/http';
import { isUuid } from '@selfos/kernel';
import type { Metrics } from '@selfos/observability';
import { hash } from 'node:crypto';

/** What an access token says of its bearer. */
export interface Bearer {
  readonly userId: string;
  readonly sessionId: string;
  readonly tier: string;
  readonly permissions: readonly Permission[];
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const KEYS_FRESH_MS = 10 * 60_000;
/** A token under an unknown key makes us ask for the keys again, but not more often than this. */
const KEYS_ASK_AGAIN_MS = 5_000;
const MAX_KNOWN = 10_000;

/** Verifies access tokens (RFC 9068) against auth's published keys; a token once verified is known until it expires. */
export class AccessTokens {
  private keys: readonly PublicJwk[] = [];
  private askedAt = 0;
  private asking: Promise<void> | undefined;
  private readonly known = new Map<string, Bearer>();

  /** `issuer` is the public address of the installation. */
  constructor(
    private readonly client: InternalClient,
    private readonly issuer: string,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Unauthenticated for anything but a valid token of ours, in time */
  async verify(token: string): Promise<Bearer> {
    const digest = hash('sha256', token, 'base64');
    const known = this.known.get(digest);
    if (known !== undefined && known.expiresAt > Date.now()) {
      this.metrics.cacheHits.inc();
      return known;
    }
    this.known.delete(digest);
    const bearer = await this.check(token);
    this.known.set(digest, bearer);
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_KNOWN && oldest !== undefined) this.known.delete(oldest);
    return bearer;
  }

  private async check(token: string): Promise<Bearer> {
    if (Date.now() - this.askedAt > KEYS_FRESH_MS) await this.refresh();
    try {
      return await this.claims(token);
    } catch {
      if (Date.now() - this.askedAt < KEYS_ASK_AGAIN_MS) throw new Unauthenticated({ detail: 'The access token is not valid.' });
    }
    await this.refresh();
    return this.claims(token).catch((cause: unknown) => {
      throw new Unauthenticated({ detail: 'The access token is not valid.', cause });
    });
  }

  private async claims(token: string): Promise<Bearer> {
    const expected = { typ: ACCESS_TOKEN_TYPE, issuer: this.issuer, audience: ACCESS_TOKEN_AUDIENCE, keys: this.keys, required: ['sub', 'sid', 'scope'] };
    const claims = await verifyToken(token, expected);
    const { sub, exp } = claims;
    const { sid, tier, scope } = claims as Record<string, unknown>;
    if (!isUuid(sub) || typeof sid !== 'string' || typeof scope !== 'string') throw new Unauthenticated();
    const granted = scope.split(' ');
    return { userId: sub, sessionId: sid, tier: typeof tier === 'string' ? tier : 'standard', permissions: PERMISSIONS.filter((one) => granted.includes(one)), expiresAt: exp * 1000 };
  }

  private refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async ask(): Promise<void> {
    const { keys } = await parseJwks(await this.client.call(routes.jwks, {}));
    this.keys = keys;
    this.askedAt = Date.now();
  }
}
