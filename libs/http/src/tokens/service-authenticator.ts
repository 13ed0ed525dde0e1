import { PERMISSIONS, serviceSchema, type Permission, type Route as RouteDefinition, type ServiceName } from '@selfos/contracts';
import { KeyFolder, verifyToken, type PublicJwk, type VerifiedToken } from '@selfos/crypto';
import { isUuid } from '@selfos/kernel';
import type { CallContext } from '@selfos/observability';
import { Forbidden, Unauthenticated } from '../problems/http.errors.js';
import { Authenticator, type Arrival } from '../routing/authenticator.js';
import type { Caller } from '../routing/request-state.js';
import { VerifiedTokens } from './verified-tokens.js';
import { DEADLINE_HEADER, SERVICE_TOKEN, USER_TOKEN, USER_TOKEN_AUDIENCE, USER_TOKEN_HEADER } from './token-kinds.js';

const BEARER = /^Bearer ([A-Za-z0-9._-]+)$/;
const EDGE: ServiceName = 'gateway';

/**
 * Admits calls to a service behind the gateway. Every call carries the caller's own token, bound to this service, method and path;
 * a person is believed only from the gateway's transaction token, or from a service that acts for them on an event or a job.
 */
export class ServiceAuthenticator extends Authenticator {
  private readonly known = new Map<string, PublicJwk>();
  /** One for each kind, so that a token of one is never taken for the other. */
  private readonly serviceTokens = new VerifiedTokens();
  private readonly userTokens = new VerifiedTokens();

  constructor(
    private readonly service: ServiceName,
    private readonly keys: KeyFolder,
  ) {
    super();
  }

  async authenticate(arrival: Arrival): Promise<Caller> {
    const token = await this.serviceToken(arrival);
    const service = serviceSchema.parse(token.iss);
    if (!mayCall(arrival.route, service)) throw new Forbidden({ detail: `${service} may not call this.` });
    const deadlineMs = Number(arrival.headers[DEADLINE_HEADER]);
    const person = await this.person(arrival, token);
    const wanted = arrival.route.audience;
    if (wanted.kind !== 'public' && (wanted.kind === 'user' || wanted.user) && person.userId === undefined) throw new Unauthenticated();
    if (wanted.kind === 'user' && !person.permissions.includes(wanted.permission)) throw new Forbidden({ detail: `The permission ${wanted.permission} is needed.` });
    return { service, ...person, ...(Number.isFinite(deadlineMs) && deadlineMs > 0 ? { deadlineMs } : {}) };
  }

  private async serviceToken(arrival: Arrival): Promise<VerifiedToken> {
    const token = BEARER.exec(arrival.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Unauthenticated({ detail: 'A service token is needed.' });
    const claims = await this.serviceTokens.get(token, () => this.serviceClaims(token));
    if (claims['htm'] !== arrival.method || claims['htu'] !== arrival.path) throw new Unauthenticated({ detail: 'The service token is for another call.' });
    return claims;
  }

  private serviceClaims(token: string): Promise<VerifiedToken> {
    const issuer = serviceSchema.safeParse(unverifiedIssuer(token)).data;
    if (issuer === undefined) throw new Unauthenticated({ detail: 'A service token is needed.' });
    const expected = { typ: SERVICE_TOKEN, issuer, audience: this.service, required: ['jti', 'htm', 'htu'] };
    return this.verified(issuer, (keys) => verifyToken(token, { ...expected, keys }));
  }

  private async person(arrival: Arrival, token: VerifiedToken): Promise<Omit<Caller, 'service' | 'deadlineMs'>> {
    const header = arrival.headers[USER_TOKEN_HEADER];
    if (typeof header === 'string') {
      const expected = { typ: USER_TOKEN, issuer: EDGE, audience: USER_TOKEN_AUDIENCE, required: ['sub', 'sid', 'scope'] };
      const claims = await this.userTokens.get(header, () => this.verified(EDGE, (keys) => verifyToken(header, { ...expected, keys })));
      if (!isUuid(claims.sub)) throw new Unauthenticated();
      return { userId: claims.sub, userToken: header, permissions: permissionsOf(claims['scope']) };
    }
    const actsFor = token['act_for'];
    const cause = causeOf(token['cause']);
    if (arrival.route.audience.kind !== 'internal' || !isUuid(actsFor) || cause === undefined) return { permissions: [] };
    return { userId: actsFor, permissions: [], cause };
  }

  /** Verifies with the key known of `issuer`; when that fails, once more with the key as it is in the folder now. */
  private async verified(issuer: ServiceName, verify: (keys: PublicJwk[]) => Promise<VerifiedToken>): Promise<VerifiedToken> {
    const known = this.known.get(issuer);
    try {
      if (known !== undefined) return await verify([known]);
    } catch {
      // The key may have been renewed since.
    }
    const fresh = await this.keys.publicKey(issuer);
    try {
      if (fresh === undefined) throw new Error('no key of that service');
      const claims = await verify([fresh]);
      this.known.set(issuer, fresh);
      return claims;
    } catch (cause) {
      throw new Unauthenticated({ detail: 'The token is not valid.', cause });
    }
  }
}

/** Public and personal routes are reached through the gateway alone; internal ones by the services they name. */
function mayCall(route: RouteDefinition, service: ServiceName): boolean {
  return route.audience.kind === 'internal' ? route.audience.callers.includes(service) : service === EDGE;
}

function unverifiedIssuer(token: string): unknown {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}

function permissionsOf(scope: unknown): Permission[] {
  const granted = typeof scope === 'string' ? scope.split(' ') : [];
  return PERMISSIONS.filter((permission) => granted.includes(permission));
}

function causeOf(value: unknown): CallContext['cause'] | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('id' in value)) return undefined;
  const { kind, id } = value;
  return (kind === 'event' || kind === 'job') && typeof id === 'string' ? { kind, id } : undefined;
}
