import { z } from 'zod';
import { contract } from '../contract.js';
import { domainSchema } from '../domains.js';
import { id, instant, timeZone, version } from '../fields.js';
import { clear } from '../marks.js';
import { anyone, person, route } from '../route.js';

const email = clear('e-mail address: kept by auth alone, hashed and sealed for the server', z.email().max(254));
const password = clear('password: never stored, only its Argon2id hash', z.string().min(1).max(1024));
const token = clear('token', z.string().min(1).max(4096));

export const meView = contract(
  z.object({ id, email, timezone: timeZone, tier: z.enum(['standard', 'premium', 'privacy']), created_at: instant, version }).meta({ id: 'Me', title: 'Me' }),
);
const tokens = contract(
  z.object({ access_token: token, refresh_token: token, token_type: z.literal('Bearer'), expires_in: z.int() }).meta({ id: 'Tokens', title: 'Tokens' }),
);

export const register = route({
  name: 'register', summary: 'Create an account', method: 'POST', path: '/api/v1/auth/register', service: 'auth', audience: anyone,
  body: contract(z.object({ id: id.optional(), email, password, timezone: timeZone })), response: meView, status: 201, idempotency: 'self',
});
export const login = route({
  name: 'login', summary: 'Exchange e-mail and password for tokens', method: 'POST', path: '/api/v1/auth/login', service: 'auth', audience: anyone,
  body: contract(z.object({ email, password })), response: tokens, status: 200, idempotency: { none: 'tokens are kept nowhere, so they cannot be given again' },
});
export const refresh = route({
  name: 'refresh', summary: 'Exchange a refresh token for new tokens; each works once', method: 'POST', path: '/api/v1/auth/refresh', service: 'auth', audience: anyone,
  body: contract(z.object({ refresh_token: token })), response: tokens, status: 200, idempotency: { none: 'a refresh token works once by itself' },
});
export const logout = route({
  name: 'logout', summary: 'End the session of a refresh token', method: 'POST', path: '/api/v1/auth/logout', service: 'auth', audience: anyone,
  body: contract(z.object({ refresh_token: token })), status: 204, priority: 'vital', idempotency: { none: 'a session that has ended is ended' },
});
export const getMe = route({
  name: 'getMe', summary: 'Who am I', method: 'GET', path: '/api/v1/me', service: 'auth', audience: person('read:own_data'), response: meView, status: 200,
});
export const changeMe = route({
  name: 'changeMe', summary: 'Change my time zone', method: 'PATCH', path: '/api/v1/me', service: 'auth', audience: person('write:own_data'),
  body: contract(z.object({ timezone: timeZone })), response: meView, status: 200, conditional: true,
});
export const jwks = route({
  name: 'jwks', summary: 'Public keys of access tokens (RFC 7517)', method: 'GET', path: '/.well-known/jwks.json', service: 'auth', audience: anyone,
  response: contract(z.object({ keys: z.array(clear('public key', z.looseObject({ kty: z.literal('OKP'), kid: z.string() }))) })), status: 200,
});
export const domainKey = route({
  name: 'domainKey', summary: 'A person’s key of one domain, for services that hold a grant', method: 'POST', path: '/internal/keys/domain', service: 'auth',
  audience: { kind: 'internal', callers: ['gateway', 'ai-engine', 'memory', 'story-engine'], user: true },
  body: contract(z.object({ domain: domainSchema, epoch: z.int().min(1) })),
  response: contract(z.object({ kid: clear('key id', z.string()), epoch: z.int(), key: clear('the key itself, base64url; inside the cluster only', z.string()) })), status: 200,
});
