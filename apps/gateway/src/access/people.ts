import type { Permission, Route } from '@selfos/contracts';
import { Forbidden, Unauthenticated, type Caller, type ServiceTokens } from '@selfos/http';
import type { IncomingHttpHeaders } from 'node:http';
import type { ActiveUsers } from './active-users.js';
import type { AccessTokens, Bearer } from './access-tokens.js';

const BEARER = /^Bearer +([A-Za-z0-9._-]+)$/i;
/** Longer than any answer may take: the token is passed on until the last hop has answered. */
const LIFETIME_SECONDS = 150;
/** A token with less left is not handed out again. */
const LEAST_LEFT_MS = 125_000;
const MAX_MINTED = 10_000;

interface Minted {
  readonly token: string;
  readonly expiresAt: number;
}

/** Tells which person is behind a request, and vouches for them to the services with a short-lived transaction token. */
export class People {
  private readonly minted = new Map<string, Minted>();

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly tokens: ServiceTokens,
    private readonly active: ActiveUsers,
  ) {}

  /** The caller of a public or personal route. @throws Unauthenticated, Forbidden */
  async callerOf(route: Route, headers: IncomingHttpHeaders): Promise<Caller> {
    const { audience } = route;
    if (audience.kind === 'internal') throw new Forbidden();
    if (audience.kind === 'public') return { permissions: [] };
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Unauthenticated({ detail: 'Send an access token: Authorization: Bearer …' });
    const bearer = await this.accessTokens.verify(token);
    this.active.seen(bearer.userId);
    if (!bearer.permissions.includes(audience.permission)) throw new Forbidden({ detail: `The permission ${audience.permission} is needed.` });
    return { userId: bearer.userId, permissions: bearer.permissions, userToken: await this.vouch(bearer) };
  }

  /** Speaks for the person whose signed link is being followed: reading their own data, nothing else. */
  async readerOf(userId: string): Promise<Caller> {
    const permissions: readonly Permission[] = ['read:own_data'];
    const bearer = { userId, sessionId: 'link', tier: 'standard', permissions, expiresAt: 0 };
    return { userId, permissions, userToken: await this.vouch(bearer) };
  }

  private async vouch(bearer: Bearer): Promise<string> {
    const id = `${bearer.userId} ${bearer.sessionId} ${bearer.tier} ${bearer.permissions.join(' ')}`;
    const known = this.minted.get(id);
    if (known !== undefined && known.expiresAt - Date.now() > LEAST_LEFT_MS) return known.token;
    const token = await this.tokens.forPerson({ ...bearer, lifetimeSeconds: LIFETIME_SECONDS });
    this.minted.delete(id);
    this.minted.set(id, { token, expiresAt: Date.now() + LIFETIME_SECONDS * 1000 });
    const [oldest] = this.minted.keys();
    if (this.minted.size > MAX_MINTED && oldest !== undefined) this.minted.delete(oldest);
    return token;
  }
}
