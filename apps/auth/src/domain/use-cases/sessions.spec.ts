import { describe, expect, it, jest } from '@jest/globals';
import { verifyToken } from '@selfos/crypto';
import { ada, authKit, ISSUER } from '../../../test/auth-kit.js';
import { CredentialsRefused, RefreshRefused } from '../sessions/session.errors.js';
import { REFRESH_TOKEN_MS } from '../sessions/session.js';

async function signedIn() {
  const kit = await authKit();
  const user = await kit.register.execute(ada);
  const tokens = await kit.logIn.execute(ada);
  kit.events.told.length = 0;
  return { kit, user, tokens };
}

describe('signing in', () => {
  it('gives an access token that anyone can check by the public keys, for one hour', async () => {
    const { kit, user, tokens } = await signedIn();
    const claims = await verifyToken(tokens.accessToken, { typ: 'at+jwt', issuer: ISSUER, audience: 'selfos', keys: kit.issuer.jwks().keys, required: ['jti', 'client_id'] });
    expect(claims).toMatchObject({ sub: user.id, tier: 'standard', sid: expect.any(String), scope: 'read:own_data write:own_data delete:own_data access:ai_features' });
    expect(claims.exp - claims.iat).toBe(3600);
    expect(tokens.expiresInSeconds).toBe(3600);
    expect(JSON.stringify(kit.issuer.jwks())).not.toContain('"d"');
  });

  it.each([
    ['a wrong password', { ...ada, password: 'a lamp, a lake, a ladde' }],
    ['an unknown address', { ...ada, email: 'bob@example.org' }],
  ])('is refused alike for %s', async (_what, given) => {
    const { kit } = await signedIn();
    await expect(kit.logIn.execute(given)).rejects.toEqual(new CredentialsRefused());
  });

  it('asks the store as often for an unknown address as for a known one', async () => {
    const { kit } = await signedIn();
    const [sought, found] = [jest.spyOn(kit.users, 'findIdByEmailHash'), jest.spyOn(kit.users, 'find')];
    const asked = async (given: typeof ada): Promise<number[]> => {
      jest.clearAllMocks();
      await expect(kit.logIn.execute(given)).rejects.toThrow(CredentialsRefused);
      return [sought.mock.calls.length, found.mock.calls.length];
    };
    expect(await asked({ ...ada, email: 'bob@example.org' })).toEqual(await asked({ ...ada, password: 'a lamp, a lake, a ladde' }));
  });

  it('hashes a password for an unknown address too, so that time tells nothing', async () => {
    const { kit } = await signedIn();
    const verify = jest.spyOn(kit.hasher, 'verify');
    await expect(kit.logIn.execute({ ...ada, email: 'bob@example.org' })).rejects.toThrow(CredentialsRefused);
    expect(verify).toHaveBeenCalledWith(undefined, ada.password);
    expect(await kit.hasher.verify(undefined, 'anything')).toBe(false);
  });
});

describe('refreshing', () => {
  it('gives new tokens of the same session each time', async () => {
    const { kit, tokens } = await signedIn();
    const second = await kit.refresh.execute(tokens.refreshToken);
    const third = await kit.refresh.execute(second.refreshToken);
    expect(new Set([tokens, second, third].map((pair) => pair.refreshToken)).size).toBe(3);
    expect(kit.events.told).toEqual([]);
  });

  it('ends the whole session when a token comes a second time', async () => {
    const { kit, tokens } = await signedIn();
    const second = await kit.refresh.execute(tokens.refreshToken);
    await expect(kit.refresh.execute(tokens.refreshToken)).rejects.toThrow(RefreshRefused);
    await expect(kit.refresh.execute(second.refreshToken)).rejects.toThrow(RefreshRefused);
    await expect(kit.refresh.execute(tokens.refreshToken)).rejects.toThrow(RefreshRefused);
    expect(kit.events.told).toEqual([expect.stringMatching(/^session\.revoked .* reuse$/)]);
  });

  it('leaves other sessions of the same person alone', async () => {
    const { kit, tokens } = await signedIn();
    const elsewhere = await kit.logIn.execute(ada);
    await kit.refresh.execute(tokens.refreshToken);
    await expect(kit.refresh.execute(tokens.refreshToken)).rejects.toThrow(RefreshRefused);
    await expect(kit.refresh.execute(elsewhere.refreshToken)).resolves.toBeDefined();
  });

  it('is refused after thirty days, and for tokens that were never given out', async () => {
    const { kit, user, tokens } = await signedIn();
    const foreign = `${user.id.replaceAll('-', '')}.${'A'.repeat(43)}`;
    for (const token of ['', 'x', foreign, tokens.refreshToken.toUpperCase()]) await expect(kit.refresh.execute(token)).rejects.toThrow(RefreshRefused);
    jest.useFakeTimers({ now: Date.now() + REFRESH_TOKEN_MS + 1000, doNotFake: ['setImmediate', 'nextTick', 'setTimeout'] });
    await expect(kit.refresh.execute(tokens.refreshToken)).rejects.toThrow(RefreshRefused);
    jest.useRealTimers();
  });
});

describe('signing out', () => {
  it('ends the session, tells of it once, and is content with tokens that mean nothing', async () => {
    const { kit, tokens } = await signedIn();
    const second = await kit.refresh.execute(tokens.refreshToken);
    await kit.logOut.execute(second.refreshToken);
    await kit.logOut.execute(second.refreshToken);
    await kit.logOut.execute('nonsense');
    await expect(kit.refresh.execute(second.refreshToken)).rejects.toThrow(RefreshRefused);
    expect(kit.events.told).toEqual([expect.stringMatching(/ logout$/)]);
  });
});
