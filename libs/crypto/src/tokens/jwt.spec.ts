import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { TokenRefused } from '../crypto.errors.js';
import { jwksOf, signToken, verifyToken, type TokenToSign } from './jwt.js';
import { newSigningKey, parseJwks, publicHalf, type SigningJwk } from './signing-keys.js';

const spec: TokenToSign = { typ: 'at+jwt', issuer: 'https://selfos.test', audience: 'selfos', subject: 'ada', id: 'j1', lifetimeSeconds: 60, claims: { scope: 'read:own_data' } };
const refused = new TokenRefused();
const key: SigningJwk = await newSigningKey();
const token = await signToken(key, spec);

const verify = (text: string, change: object = {}, nowMs?: number): Promise<unknown> =>
  verifyToken(text, { typ: 'at+jwt', issuer: spec.issuer, audience: spec.audience, keys: jwksOf(key).keys, ...change }, nowMs);

describe('a token', () => {
  it('carries what was signed', async () => {
    expect(await verify(token)).toMatchObject({ iss: spec.issuer, aud: 'selfos', sub: 'ada', jti: 'j1', scope: 'read:own_data' });
  });

  it.each([
    ['another type', { typ: 'JWT' }],
    ['another issuer', { issuer: 'x' }],
    ['another audience', { audience: 'x' }],
    ['no known key', { keys: [] }],
    ['a missing claim', { required: ['sid'] }],
  ])('is refused for %s', async (_why, change) => {
    await expect(verify(token, change)).rejects.toEqual(refused);
  });

  it('is refused for another key under the same id', async () => {
    const other = { ...publicHalf(await newSigningKey()), kid: key.kid };
    await expect(verify(token, { keys: [other] })).rejects.toEqual(refused);
  });

  it('ends on time', async () => {
    await expect(verify(token, {}, Date.now() + 70_000)).rejects.toEqual(refused);
  });

  it('has one spelling only', async () => {
    const [h = '', p = '', s = ''] = token.split('.');
    const loose = s.slice(0, -1) + ({ A: 'B', Q: 'R', g: 'h', w: 'x' }[s.at(-1) ?? ''] ?? 'B');
    for (const text of [` ${token}`, `${token}=`, `${token}\n`, `${h}.${p}. ${s}`, `${h}.${p}.${loose}`, `${h}.${p}`, `${h}..${s}`, '', 'a.b.c']) {
      await expect(verify(text)).rejects.toEqual(refused);
    }
  });

  it('is refused with its claims changed, doubled, or signed by other means', async () => {
    const part = (value: string): string => Buffer.from(value).toString('base64url');
    const [h = '', , s = ''] = token.split('.');
    const none = `${part(JSON.stringify({ alg: 'none', typ: 'at+jwt', kid: key.kid }))}.${part('{"sub":"eve"}')}.${s}`;
    const hmac = await new SignJWT({ sub: 'eve' }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: key.kid }).sign(Buffer.from(key.x));
    const forged = `${h}.${part('{"sub":"eve"}')}.${s}`;
    const doubled = `${h}.${part('{"sub":"ada","sub":"eve"}')}.${s}`;
    for (const text of [none, hmac, forged, doubled]) await expect(verify(text)).rejects.toEqual(refused);
  });
});

describe('a key set', () => {
  it('is read back with foreign keys left out and ids of its own making', async () => {
    const { keys } = await parseJwks({ keys: [{ ...publicHalf(key), kid: 'forged' }, { kty: 'RSA', n: 'AA', e: 'AQAB' }, null] });
    expect(keys).toEqual([publicHalf(key)]);
    expect((await parseJwks('nonsense')).keys).toEqual([]);
  });
});
